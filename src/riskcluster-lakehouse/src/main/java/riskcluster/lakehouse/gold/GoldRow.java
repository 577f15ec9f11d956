package riskcluster.lakehouse.gold;

import java.nio.ByteBuffer;

/** One row of a windowed table. Never changed: a commit that fails must leave it as it was. */
@SuppressWarnings("ArrayRecordComponent") // written once, compared by key
record GoldRow(RowKey key, long[] sums, Distinct users, Distinct devices) {

    private static final int OBJECTS_WEIGHT = 240;

    static GoldRow empty(RowKey key) {
        return new GoldRow(key, new long[Measures.COUNT], Distinct.NONE, Distinct.NONE);
    }

    GoldRow plus(long[] added, long[] moreUsers, long[] moreDevices) {
        long[] sum = sums.clone();
        Measures.add(sum, 0, added, 0);
        return new GoldRow(key, sum, users.plus(moreUsers), devices.plus(moreDevices));
    }

    long sum(int measure) {
        return sums[measure];
    }

    /** Bytes it takes in memory, about. */
    int weight() {
        return OBJECTS_WEIGHT + users.weight() + devices.weight();
    }

    byte[] state() {
        var out = new ByteSink(users.weight() + devices.weight() + Long.BYTES);
        users.write(out);
        devices.write(out);
        return out.bytes();
    }

    static GoldRow of(RowKey key, long[] sums, ByteBuffer state) {
        var in = new ByteSource(state);
        return new GoldRow(key, sums, Distinct.read(in), Distinct.read(in));
    }
}
