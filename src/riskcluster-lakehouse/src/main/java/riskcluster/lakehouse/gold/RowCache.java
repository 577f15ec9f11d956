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
    private final LinkedHashMap<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    private long weight;

    private record Held(List<GoldRow> rows, long weight) {}

    /** @param weightMax bytes that the rows may take, about */
    RowCache(long weightMax) {
        this.weightMax = weightMax;
    }

    List<GoldRow> of(String path, Function<String, List<GoldRow>> read) {
        Held known = held.get(path);
        if (known != null) {
            return known.rows();
        }
        List<GoldRow> fresh = read.apply(path);
        put(path, fresh, fresh.stream().mapToLong(GoldRow::weight).sum());
        return fresh;
    }

    /** @param added bytes that the rows take, about */
    void put(String path, List<GoldRow> fresh, long added) {
        held.put(path, new Held(fresh, added));
        weight += added;
        while (weight > weightMax && held.size() > 1) {
            weight -= held.pollFirstEntry().getValue().weight();
        }
    }

    /** Drops what no longer is part of a table. */
    void drop(String path) {
        Held dropped = held.remove(path);
        if (dropped != null) {
            weight -= dropped.weight();
        }
    }

    void clear() {
        held.clear();
        weight = 0;
    }
}
