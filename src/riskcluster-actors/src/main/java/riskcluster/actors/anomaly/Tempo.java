package riskcluster.actors.anomaly;

import java.nio.ByteBuffer;

/**
 * How many transactions a customer makes in windows of one length: those of the last window he was seen in, and mean and
 * spread over the windows before it (Welford, Technometrics 4, 1962). Windows without a transaction do not count.
 *
 * @param window number of that window since 1970
 * @param transactions in it so far; 0 where he was never seen
 * @param windows closed before it
 * @param squares sum of the squared differences from the mean
 */
record Tempo(long window, int transactions, int windows, double mean, double squares) {

    /** What one takes at rest. */
    static final int BYTES = 3 * Long.BYTES + 2 * Integer.BYTES;

    static final Tempo NONE = new Tempo(0, 0, 0, 0, 0);

    /** One more transaction, in this window or a later one. */
    Tempo counted(long at) {
        if (transactions == 0 || at == window) {
            return new Tempo(at, transactions + 1, windows, mean, squares);
        }
        int closed = windows + 1;
        double difference = transactions - mean;
        double moved = mean + difference / closed;
        return new Tempo(at, 1, closed, moved, squares + difference * (transactions - moved));
    }

    /** Sample standard deviation over the closed windows; 0 where there is one or none. */
    double deviation() {
        return windows < 2 ? 0 : Math.sqrt(squares / (windows - 1));
    }

    /** Its components in their order, big endian. */
    void put(ByteBuffer out) {
        out.putLong(window).putInt(transactions).putInt(windows).putDouble(mean).putDouble(squares);
    }

    static Tempo take(ByteBuffer in) {
        return new Tempo(in.getLong(), in.getInt(), in.getInt(), in.getDouble(), in.getDouble());
    }
}
