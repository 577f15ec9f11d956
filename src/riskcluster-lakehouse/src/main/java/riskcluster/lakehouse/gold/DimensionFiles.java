package riskcluster.lakehouse.gold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;
import riskcluster.lakehouse.catalog.IcebergTables;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.column.ZstdPages;

/**
 * The files of one dimension, and what a batch adds to them: the members that no row has yet. Which keys the rows of a
 * snapshot have is remembered by its id only, and read where it is not known.
 */
final class DimensionFiles {

    /** Stands for no snapshot. */
    private static final long UNKNOWN = -1;

    private final Dimension dimension;
    private final GoldFiles files;
    private final DimensionRows rows;
    private final Schema keyColumn;
    private final KnownKeys known = new KnownKeys();

    /** The snapshot whose rows have the known keys, */
    private long knownOf = UNKNOWN;

    /** and one that was staged on it, with the keys that it adds; whether it counts is seen when it is current. */
    private long stagedOf = UNKNOWN;

    private Set<Long> staged = Set.of();

    DimensionFiles(Dimension dimension, ZstdPages compressor) {
        this.dimension = dimension;
        this.files = new GoldFiles(dimension.definition(), compressor);
        this.rows = new DimensionRows(dimension, files.columns());
        this.keyColumn = IcebergTables.schema(dimension.definition())
                .select(dimension.keyColumn().name());
    }

    /** What is appended to the table, not committed yet. */
    record Addition(AppendFiles append, Set<Long> keys) {}

    /**
     * Writes those of the members that the table does not have into a new file; empty where it has them all.
     *
     * @param owner scope and epoch for the name of the file, {@code committer-e12}
     */
    Optional<Addition> addition(String owner, StagedTable table, SortedMap<Long, Optional<String>> members) {
        if (members.isEmpty()) {
            return Optional.empty();
        }
        var iceberg = new BaseTable(table, dimension.definition().qualifiedName(), report -> {});
        know(table.current().currentSnapshot(), iceberg);
        var fresh = new TreeMap<>(members);
        fresh.keySet().removeIf(known::has);
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        files.columns().clear();
        rows.write(fresh);
        var file = files.write(table, owner, files.everywhere());
        return Optional.of(new Addition(iceberg.newAppend().appendFile(file), fresh.keySet()));
    }

    /** This snapshot was staged with the addition. */
    void remember(long snapshot, Addition addition) {
        stagedOf = snapshot;
        staged = addition.keys();
    }

    void forget() {
        known.clear();
        knownOf = UNKNOWN;
        stagedOf = UNKNOWN;
        staged = Set.of();
    }

    /** Brings the known keys to those of this snapshot. Maintenance's snapshots have the rows of those they replace. */
    private void know(@Nullable Snapshot current, Table table) {
        Snapshot snapshot = current;
        while (snapshot != null
                && !isAtHand(snapshot.snapshotId())
                && DataOperations.REPLACE.equals(snapshot.operation())) {
            Long parent = snapshot.parentId();
            snapshot = parent == null ? null : table.snapshot(parent);
        }
        if (snapshot == null || !isAtHand(snapshot.snapshotId())) {
            known.clear();
            if (current != null) {
                read(current.snapshotId(), table);
            }
        } else if (snapshot.snapshotId() == stagedOf) {
            staged.forEach(known::add);
        }
        knownOf = current == null ? UNKNOWN : current.snapshotId();
        stagedOf = UNKNOWN;
        staged = Set.of();
    }

    private boolean isAtHand(long snapshot) {
        return snapshot == knownOf || snapshot == stagedOf;
    }

    private void read(long snapshot, Table table) {
        try (var tasks = StagedTable.scan(table, snapshot).planFiles()) {
            tasks.forEach(task -> read(table.io(), task.file().location()));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list the files of " + table.name(), failure);
        }
    }

    private void read(FileIO io, String path) {
        try (var records = Parquet.read(io.newInputFile(path))
                .project(keyColumn)
                .createReaderFunc(type -> GenericParquetReaders.buildReader(keyColumn, type))
                .<Record>build()) {
            records.forEach(row -> known.add(((Number) row.get(0)).longValue()));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + path, failure);
        }
    }
}
