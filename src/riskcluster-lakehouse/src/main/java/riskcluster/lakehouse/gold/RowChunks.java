package riskcluster.lakehouse.gold;

import java.util.ArrayList;
import java.util.List;

/** Cuts rows into the contents of files: small, since an open window's file is written anew with every batch. */
final class RowChunks {

    static final int ROWS_MAX = 8_192;
    private static final long WEIGHT_MAX = 8 << 20;

    private RowChunks() {}

    /** @param weight bytes that the rows take in memory, about */
    record Chunk(List<GoldRow> rows, long weight) {}

    /** Cuts between windows, never inside one, so that files do not overlap. */
    static List<Chunk> cut(List<GoldRow> rows) {
        var chunks = new ArrayList<Chunk>();
        int from = 0;
        long weight = 0;
        for (int i = 0; i < rows.size(); i++) {
            boolean windowBegins = i > from && start(rows, i) != start(rows, i - 1);
            if (windowBegins && (i - from >= ROWS_MAX || weight >= WEIGHT_MAX)) {
                chunks.add(new Chunk(rows.subList(from, i), weight));
                from = i;
                weight = 0;
            }
            weight += rows.get(i).weight();
        }
        if (from < rows.size()) {
            chunks.add(new Chunk(rows.subList(from, rows.size()), weight));
        }
        return chunks;
    }

    private static long start(List<GoldRow> rows, int i) {
        return rows.get(i).key().startMicros();
    }
}
