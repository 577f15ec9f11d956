package riskcluster.lakehouse.gold;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.SnapshotUpdate;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.column.ZstdPages;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.PolicyPlaces;
import riskcluster.lakehouse.ledger.SealedCheckpoint;

/**
 * The committer's side of gold: what a batch adds, and the files that hold it. It remembers files, rows and keys that cannot
 * change, and nothing else: after a failover all is read from the tables. Used by one thread at a time.
 */
public final class GoldLayer {

    /** Rows of open windows are wanted again with the next batch; what does not fit is read from its file. */
    private static final long CACHE_BYTES_MAX = 96 << 20;

    private final PolicyPlaces policies;
    private final RowCache cache = new RowCache(CACHE_BYTES_MAX);
    private final EnumMap<WindowedTable, WindowFiles> files = new EnumMap<>(WindowedTable.class);
    private final EnumMap<Dimension, DimensionFiles> dimensions = new EnumMap<>(Dimension.class);
    private final PolicyFiles policyFiles;

    public GoldLayer(PolicyPlaces policies) {
        this.policies = policies;
        var compressor = new ZstdPages();
        for (WindowedTable table : WindowedTable.values()) {
            files.put(table, new WindowFiles(table, cache, compressor));
        }
        for (Dimension dimension : Dimension.values()) {
            dimensions.put(dimension, new DimensionFiles(dimension, compressor));
        }
        policyFiles = new PolicyFiles(compressor);
    }

    /** What a batch adds to gold. */
    public static final class Gains {

        private final BatchFold fold;
        private final Offsets reached;

        private Gains(BatchFold fold, Offsets reached) {
            this.fold = fold;
            this.reached = reached;
        }
    }

    /** Applies the update, with the caller's marks on it. */
    @FunctionalInterface
    public interface Marked {
        void commit(SnapshotUpdate<?> update);
    }

    /** Whether a table's rows are made here. */
    public boolean makes(TableDefinition table) {
        return table.equals(Tables.GOLD_POLICY)
                || WindowedTable.of(table).isPresent()
                || Dimension.of(table).isPresent();
    }

    /** Decisions of this checkpoint that came too late for some window they lie in. */
    public static long leftOut(SealedCheckpoint checkpoint) {
        return PartialReader.leftOut(checkpoint.partials());
    }

    /**
     * Sums up what these checkpoints add.
     *
     * @param reached how far the lake reaches with them
     */
    public Gains gains(List<SealedCheckpoint> checkpoints, Offsets reached) {
        return new Gains(
                BatchFold.of(
                        checkpoints.stream().map(SealedCheckpoint::partials).toList()),
                reached);
    }

    /**
     * Brings a staged table to what it is with this batch: new files in place of those whose windows change.
     *
     * @param owner scope and epoch for the names of the files, {@code committer-e12}
     * @return false where the batch adds nothing, and nothing was done
     */
    public boolean apply(TableDefinition definition, String owner, StagedTable staged, Gains gains, Marked marked) {
        var dimension = Dimension.of(definition);
        if (dimension.isPresent()) {
            return applyMembers(dimension.get(), owner, staged, gains, marked);
        }
        if (gains.fold.isEmpty()) {
            return false; // nothing was decided, or gold is switched off
        }
        return definition.equals(Tables.GOLD_POLICY)
                ? applyPolicies(owner, staged, gains, marked)
                : applyWindows(definition, owner, staged, gains, marked);
    }

    private boolean applyWindows(
            TableDefinition definition, String owner, StagedTable staged, Gains gains, Marked marked) {
        WindowedTable windowed = WindowedTable.of(definition).orElseThrow();
        return rewrite(windowed, owner, staged, gains.fold.gains(windowed), marked);
    }

    private boolean rewrite(WindowedTable windowed, String owner, StagedTable staged, List<Gain> added, Marked marked) {
        if (added.isEmpty()) {
            return false;
        }
        WindowFiles windows = Objects.requireNonNull(files.get(windowed));
        var table = new BaseTable(staged, windowed.definition().qualifiedName(), report -> {});
        WindowFiles.Rewrite rewrite = windows.rewrite(owner, staged, table, added);
        marked.commit(rewrite.overwrite());
        windows.remember(staged.current().currentSnapshot().snapshotId(), rewrite.leaves());
        return true;
    }

    /**
     * Brings a staged table of windows to what it is when these decisions have another band.
     *
     * @param owner scope and epoch for the names of the files, {@code committer-e12}
     * @return false where it stays as it is, and nothing was done
     * @throws org.apache.iceberg.exceptions.ValidationException where gold never counted one of them
     */
    public boolean move(
            TableDefinition definition, String owner, StagedTable staged, Collection<BandMove> moves, Marked marked) {
        var windowed = WindowedTable.of(definition).filter(BandMoves::concern);
        if (windowed.isEmpty() || staged.current().currentSnapshot() == null) {
            return false; // a lake without gold has none to bring to anything
        }
        return rewrite(windowed.get(), owner, staged, BandMoves.gains(windowed.get(), moves), marked);
    }

    private boolean applyMembers(Dimension dimension, String owner, StagedTable staged, Gains gains, Marked marked) {
        DimensionFiles known = Objects.requireNonNull(dimensions.get(dimension));
        var addition = known.addition(owner, staged, gains.fold.pointed().of(dimension));
        addition.ifPresent(added -> {
            marked.commit(added.append());
            known.remember(staged.current().currentSnapshot().snapshotId(), added);
        });
        return addition.isPresent();
    }

    private boolean applyPolicies(String owner, StagedTable staged, Gains gains, Marked marked) {
        List<PolicyPlaces.Placed> places = policies.below(gains.reached);
        if (PolicyFiles.isComplete(staged, places)) {
            return false;
        }
        var contents = new HashMap<String, String>();
        marked.commit(policyFiles.rewrite(
                owner, staged, places, version -> contents.computeIfAbsent(version, policies::content)));
        return true;
    }

    /** Forgets what is remembered. */
    public void forget() {
        cache.clear();
        files.values().forEach(WindowFiles::forget);
        dimensions.values().forEach(DimensionFiles::forget);
    }
}
