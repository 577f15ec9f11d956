package riskcluster.lakehouse.gold;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * The rows of files that were read or written lately, by the files' paths. A file is never changed, so what is held here
 * is never old.
 */
final class RowCache {

    private final long weightMax;

    /** Ordered by use, so that the first is the one used longest ago. */
    private final LinkedHashMap<String, List<GoldRow>> rows = new LinkedHashMap<>(16, 0.75f, true);

    private long weight;

    /** @param weightMax bytes that the rows may take, about */
    RowCache(long weightMax) {
        this.weightMax = weightMax;
    }

    List<GoldRow> of(String path, Function<String, List<GoldRow>> read) {
        List<GoldRow> known = rows.get(path);
        if (known != null) {
            return known;
        }
        List<GoldRow> fresh = read.apply(path);
        put(path, fresh);
        return fresh;
    }

    void put(String path, List<GoldRow> fresh) {
        rows.put(path, fresh);
        weight += weight(fresh);
        while (weight > weightMax && rows.size() > 1) {
            weight -= weight(rows.pollFirstEntry().getValue());
        }
    }

    /** Drops what no longer is part of a table. */
    void drop(String path) {
        List<GoldRow> dropped = rows.remove(path);
        if (dropped != null) {
            weight -= weight(dropped);
        }
    }

    void clear() {
        rows.clear();
        weight = 0;
    }

    private static long weight(List<GoldRow> rows) {
        return rows.stream().mapToLong(GoldRow::weight).sum();
    }
}
