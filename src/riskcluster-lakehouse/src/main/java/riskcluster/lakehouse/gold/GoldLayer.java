package riskcluster.lakehouse.gold;

import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.OverwriteFiles;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.column.ZstdPages;
import riskcluster.lakehouse.ledger.SealedCheckpoint;

/**
 * The committer's side of gold: what a batch adds, and the files that hold it. It remembers files and rows that cannot
 * change, and nothing else: after a failover all is read from the tables. Used by one thread at a time.
 */
public final class GoldLayer {

    /** Rows of open windows are wanted again with the next batch; what does not fit is read from its file. */
    private static final long CACHE_BYTES_MAX = 96 << 20;

    private final RowCache cache = new RowCache(CACHE_BYTES_MAX);
    private final EnumMap<WindowedTable, WindowFiles> files = new EnumMap<>(WindowedTable.class);

    public GoldLayer() {
        var compressor = new ZstdPages();
        for (WindowedTable table : WindowedTable.values()) {
            files.put(table, new WindowFiles(table, cache, compressor));
        }
    }

    /** What a batch adds to gold. */
    public static final class Gains {

        private final BatchFold fold;

        private Gains(BatchFold fold) {
            this.fold = fold;
        }

        private List<Gain> of(TableDefinition table) {
            return fold.gains(WindowedTable.of(table).orElseThrow());
        }
    }

    /** Applies the update, with the caller's marks on it. */
    @FunctionalInterface
    public interface Marked {
        void commit(OverwriteFiles overwrite);
    }

    /** Whether a table's rows are made here. */
    public boolean makes(TableDefinition table) {
        return WindowedTable.of(table).isPresent();
    }

    /** Decisions of this checkpoint that came too late for some window they lie in. */
    public static long leftOut(SealedCheckpoint checkpoint) {
        return PartialReader.leftOut(checkpoint.partials());
    }

    /** Sums up what these checkpoints add. */
    public Gains gains(List<SealedCheckpoint> checkpoints) {
        return new Gains(BatchFold.of(
                checkpoints.stream().map(SealedCheckpoint::partials).toList()));
    }

    /**
     * Brings a staged table to what it is with this batch: new files in place of those whose windows change.
     *
     * @param owner scope and epoch for the names of the files, {@code committer-e12}
     * @return false where the batch adds nothing, and nothing was done
     */
    public boolean apply(TableDefinition definition, String owner, StagedTable staged, Gains gains, Marked marked) {
        List<Gain> added = gains.of(definition);
        if (added.isEmpty()) {
            return false;
        }
        WindowFiles windows = of(definition);
        var table = new BaseTable(staged, definition.qualifiedName(), report -> {});
        WindowFiles.Rewrite rewrite = windows.rewrite(owner, staged, table, added);
        marked.commit(rewrite.overwrite());
        windows.remember(staged.current().currentSnapshot().snapshotId(), rewrite.leaves());
        return true;
    }

    /** Forgets what is remembered. */
    public void forget() {
        cache.clear();
        files.values().forEach(WindowFiles::forget);
    }

    private WindowFiles of(TableDefinition table) {
        return Objects.requireNonNull(files.get(WindowedTable.of(table).orElseThrow()));
    }
}
