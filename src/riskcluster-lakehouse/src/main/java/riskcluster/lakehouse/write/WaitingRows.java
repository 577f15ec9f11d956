package riskcluster.lakehouse.write;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import riskcluster.contracts.decision.Judged;

/**
 * Records of days that have no open file, while no more files may be open. Written one by one, records that jump between
 * days would close and open a file each; written day by day they share one.
 */
final class WaitingRows {

    /** Bounds the memory they hold: a record is about a kilobyte, */
    static final int ROWS_MAX = 10_000;

    /** and may be a thousand times as large. */
    static final long BYTES_MAX = 32L << 20;

    /** Takes a record that has waited. */
    @FunctionalInterface
    interface Taker {
        void take(Judged judged, long ingestTimeMicros);
    }

    private final TreeMap<Integer, List<Waiting>> byDay = new TreeMap<>();
    private int size;
    private long bytes;

    /** Keeps the record; true where it is time to {@link #drain}. */
    boolean add(int day, Judged judged, long ingestTimeMicros) {
        byDay.computeIfAbsent(day, key -> new ArrayList<>()).add(new Waiting(judged, ingestTimeMicros));
        size++;
        bytes += judged.record().bytes();
        return size >= ROWS_MAX || bytes >= BYTES_MAX;
    }

    /** Hands all over, day by day, each day in the log's order. */
    void drain(Taker taker) {
        byDay.values().forEach(rows -> rows.forEach(row -> taker.take(row.judged(), row.ingestTimeMicros())));
        clear();
    }

    void clear() {
        byDay.clear();
        size = 0;
        bytes = 0;
    }

    private record Waiting(Judged judged, long ingestTimeMicros) {}
}
