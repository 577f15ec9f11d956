package riskcluster.lakehouse.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.catalog.TableEvolution;

/** One table at a batch. */
public final class PinnedTable {

    private final TableDefinition definition;
    private final TableMetadata metadata;
    private final @Nullable Snapshot snapshot;
    private final FileIO io;
    private final MetricsReporter reports;

    PinnedTable(
            TableDefinition definition,
            TableMetadata metadata,
            @Nullable Snapshot snapshot,
            FileIO io,
            MetricsReporter reports) {
        this.reports = reports;
        this.definition = definition;
        this.metadata = metadata;
        this.snapshot = snapshot;
        this.io = io;
    }

    public TableDefinition definition() {
        return definition;
    }

    /** The definition with the columns that the table has got since. */
    public TableDefinition columns() {
        return TableEvolution.asItIs(definition, metadata);
    }

    /** Reads its files. */
    public FileIO io() {
        return io;
    }

    /**
     * The table's metadata as it is now, with the batch's snapshot as its current one and none that came later: some
     * engines read the newest snapshot that they find, whatever the current one is.
     */
    public TableMetadata shown() {
        Snapshot pinned = snapshot;
        Snapshot current = metadata.currentSnapshot();
        if (pinned == null ? current == null : current != null && pinned.snapshotId() == current.snapshotId()) {
            return metadata;
        }
        return EarlierMetadata.at(metadata, pinned);
    }

    /** The data files that hold the table's rows at the batch; reads the manifests. */
    public List<DataFile> files() {
        return files(Expressions.alwaysTrue(), List.of());
    }

    /** Those that may hold rows of which the filter is true, with the bounds of these columns. */
    public List<DataFile> files(Expression filter, List<String> bounded) {
        Snapshot pinned = snapshot;
        if (pinned == null) {
            return List.of();
        }
        var table = new BaseTable(new StagedTable(io, "read-e0", metadata), definition.qualifiedName(), reports);
        var files = new ArrayList<DataFile>();
        var scan = StagedTable.scan(table, pinned.snapshotId()).filter(filter);
        try (var tasks = (bounded.isEmpty() ? scan : scan.includeColumnStats(bounded)).planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list the files of " + definition.qualifiedName(), failure);
        }
        return files;
    }

    /** The same files as paths of this machine. */
    List<String> localFiles(LocalCopies copies) {
        return copies.paths(files(), io);
    }

    /** From the snapshot's summary; reads nothing. */
    public TableStatistics statistics() {
        Snapshot pinned = snapshot;
        Map<String, String> summary = pinned == null ? Map.of() : pinned.summary();
        return new TableStatistics(
                definition.qualifiedName(),
                number(summary, "total-records"),
                number(summary, "total-data-files"),
                number(summary, "total-files-size"),
                metadata.snapshots().size(),
                pinned == null ? null : pinned.snapshotId(),
                number(summary, "rc.batch-id"));
    }

    private static long number(Map<String, String> summary, String name) {
        return Long.parseLong(summary.getOrDefault(name, "0"));
    }
}
