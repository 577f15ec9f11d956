package riskcluster.lakehouse.gold;

import java.nio.ByteBuffer;

/**
 * One row of a windowed table; what the table has no column for is empty. Never changed: a commit that fails must leave
 * it as it was.
 */
@SuppressWarnings("ArrayRecordComponent") // written once, compared by key
record GoldRow(RowKey key, long[] sums, Distinct users, Distinct devices, Distinct merchants, Split paymentMethods) {

    private static final int OBJECTS_WEIGHT = 160;
    private static final int SPLIT_WEIGHT = 16;
    private static final int KEY_WEIGHT = 56;

    private static final long[] NOTHING = new long[Measures.COUNT];

    static GoldRow empty(RowKey key) {
        return new GoldRow(key, NOTHING, Distinct.NONE, Distinct.NONE, Distinct.NONE, Split.NONE);
    }

    /** One row of both, under this one's key. */
    GoldRow and(GoldRow other) {
        long[] both = sums.clone();
        Measures.addAll(both, other.sums);
        return new GoldRow(
                key,
                both,
                users.and(other.users),
                devices.and(other.devices),
                merchants.and(other.merchants),
                paymentMethods.plus(other.paymentMethods));
    }

    boolean isEmpty() {
        return sums[Measures.TRANSACTIONS] == 0;
    }

    long sum(int measure) {
        return sums[measure];
    }

    /** Bytes it takes in memory, about. */
    int weight() {
        String text = key.text();
        return OBJECTS_WEIGHT
                + (text == null ? 0 : KEY_WEIGHT + text.length())
                + users.weight()
                + devices.weight()
                + merchants.weight()
                + SPLIT_WEIGHT * paymentMethods.size();
    }

    /** What cannot be seen in the other columns; the sink is used for it. */
    byte[] state(ByteSink out) {
        out.clear();
        users.write(out);
        devices.write(out);
        merchants.write(out);
        paymentMethods.write(out);
        return out.bytes();
    }

    static GoldRow of(RowKey key, long[] sums, ByteBuffer state) {
        var in = new ByteSource(state);
        return new GoldRow(key, sums, Distinct.read(in), Distinct.read(in), Distinct.read(in), Split.read(in));
    }
}
