package riskcluster.simulation.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.LogPartition;

/** The object store: files that are there whole or not at all, and whose names are never used again. */
final class Store {

    private final Map<String, Stored> files = new HashMap<>();
    private long names;

    /** What a file holds. */
    sealed interface Stored {}

    /** One row of a data file: whose it is, and what it says. */
    record Row(long offset, long content) {}

    /** A data file. */
    record RowFile(LogPartition source, List<Row> rows) implements Stored {}

    /**
     * A metadata file: a table as it is with it.
     *
     * @param snapshot 0 where the table has none
     * @param parent the snapshot before it
     * @param batch of the snapshot, likewise the offsets
     */
    record Metadata(
            @Nullable Long snapshot,
            @Nullable Long parent,
            long batch,
            Map<LogPartition, Long> offsets,
            List<String> dataFiles)
            implements Stored {

        static final Metadata EMPTY = new Metadata(null, null, 0, Map.of(), List.of());
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
