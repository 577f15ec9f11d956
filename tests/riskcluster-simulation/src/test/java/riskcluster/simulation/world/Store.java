package riskcluster.simulation.world;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.LogPartition;

/** The object store: files that are there whole or not at all, and whose names are never used again. */
final class Store {

    private final Map<String, Stored> files = new HashMap<>();
    private long names;

    /** What a file holds. */
    sealed interface Stored {}

    /** One row of a data file: whose it is, and what it says. */
    record Row(long offset, long content, long star) {}

    /** A data file. */
    record RowFile(LogPartition source, List<Row> rows) implements Stored {}

    /** A file of gold: how many decisions of a partition silver holds. */
    record GoldFile(LogPartition source, long decisions) implements Stored {}

    /**
     * A metadata file: a table as it is with it.
     *
     * @param snapshot absent where the table has none
     * @param parent the snapshot before it
     * @param batch of the snapshot, likewise the offsets
     * @param kept the snapshots that can be read, the newest among them, each with its files
     */
    record Metadata(
            @Nullable Long snapshot,
            @Nullable Long parent,
            long batch,
            Map<LogPartition, Long> offsets,
            List<String> dataFiles,
            SortedMap<Long, List<String>> kept)
            implements Stored {

        static final Metadata EMPTY = new Metadata(null, null, 0, Map.of(), List.of(), new TreeMap<>());

        /** The next snapshot, with these files. */
        Metadata next(long number, long newBatch, Map<LogPartition, Long> newOffsets, List<String> files) {
            var more = new TreeMap<>(kept);
            more.put(number, files);
            return new Metadata(number, snapshot, newBatch, newOffsets, files, more);
        }

        /** The same without these snapshots. */
        Metadata without(Set<Long> dropped) {
            var fewer = new TreeMap<>(kept);
            fewer.keySet().removeAll(dropped);
            return new Metadata(snapshot, parent, batch, offsets, dataFiles, fewer);
        }

        /** Every file that some snapshot shows. */
        Set<String> named() {
            var named = new HashSet<String>();
            kept.values().forEach(named::addAll);
            return named;
        }
    }

    /** A name that nobody had before. */
    String name(String prefix, String suffix) {
        return prefix + "-" + ++names + suffix;
    }

    long number() {
        return ++names;
    }

    void put(String path, Stored content) {
        files.put(path, content);
    }

    void delete(String path) {
        files.remove(path);
    }

    /** The files of a table, in the order of their names. */
    List<String> list(String table) {
        return files.keySet().stream()
                .filter(path -> path.startsWith(table + "/"))
                .sorted()
                .toList();
    }

    Optional<GoldFile> gold(String path) {
        return files.get(path) instanceof GoldFile file ? Optional.of(file) : Optional.empty();
    }

    boolean has(String path) {
        return files.containsKey(path);
    }

    Optional<Metadata> metadata(String path) {
        return files.get(path) instanceof Metadata metadata ? Optional.of(metadata) : Optional.empty();
    }

    Optional<RowFile> dataFile(String path) {
        return files.get(path) instanceof RowFile file ? Optional.of(file) : Optional.empty();
    }
}
