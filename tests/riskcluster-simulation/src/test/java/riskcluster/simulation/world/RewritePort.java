package riskcluster.simulation.world;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.lakehouse.commit.Rewrite;
import riskcluster.lakehouse.commit.RewriteResult;
import riskcluster.lakehouse.commit.Rewrites;
import riskcluster.lakehouse.commit.TableChange;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;
import riskcluster.simulation.fault.Call;
import riskcluster.simulation.world.Line.Way;
import riskcluster.simulation.world.RewriteRows.Landing;

/** The committer's side of rewrites as one process sees it: stages one on the newest metadata, and lands it. */
final class RewritePort implements Rewrites {

    private static final int POINTER_ATTEMPTS_MAX = 3;

    private final World world;
    private final Line line;
    private final StagingPort staging;

    RewritePort(World world, Line line, StagingPort staging) {
        this.world = world;
        this.line = line;
        this.staging = staging;
    }

    @Override
    public RewriteResult apply(Ownership committer, Rewrite rewrite, List<String> garbage) {
        var step = (TableRewrite) rewrite;
        for (int i = 0; i < POINTER_ATTEMPTS_MAX; i++) {
            var staged = stage(committer, step);
            if (staged.isEmpty()) {
                staging.reload(step.table());
                return new RewriteResult.Refused("files of the rewrite are no longer in the table");
            }
            rewrite.reached(Rewrite.Step.STAGED);
            var change = staged.get();
            switch (landing(committer, step, change)) {
                case DONE -> {
                    rewrite.reached(Rewrite.Step.AFTER_COMMIT);
                    staging.replaced(step.table(), change.version());
                    return new RewriteResult.Done(change.version());
                }
                case COMMITTER_DEPOSED -> {
                    return new RewriteResult.Deposed();
                }
                case OWNER_DEPOSED -> {
                    garbage.addAll(change.written());
                    return new RewriteResult.OwnerDeposed();
                }
                case POINTER_LOST -> {
                    garbage.addAll(change.written());
                    staging.reload(step.table());
                }
            }
        }
        return new RewriteResult.Refused("another engine keeps writing");
    }

    private Optional<TableChange> stage(Ownership committer, TableRewrite rewrite) {
        var base = staging.version(rewrite.table());
        var before = world.store().metadata(base.metadata()).orElse(Store.Metadata.EMPTY);
        var next = rewrite.change().on(before, world.store().number());
        if (next.isEmpty()) {
            return Optional.empty();
        }
        var path = staging.metadataName(rewrite.table(), committer);
        line.call(Call.PUT_METADATA, () -> path + " for " + rewrite.kind(), () -> {
            world.store().put(path, next.get());
            return true;
        });
        var dropped = new HashSet<>(before.named());
        dropped.removeAll(next.get().named());
        return Optional.of(new TableChange(
                rewrite.table(),
                base.metadata(),
                new TableVersion(next.get().snapshot(), path),
                List.of(path),
                new ArrayList<>(dropped.stream().sorted().toList()),
                List.of(base.metadata())));
    }

    /** Without an answer the copy of the table may be old. */
    private Landing landing(Ownership committer, TableRewrite rewrite, TableChange change) {
        boolean answered = false;
        try {
            var landing = line.call(
                    Call.LAND_REWRITE,
                    () -> rewrite.kind() + " of " + rewrite.table().qualifiedName() + " epochs " + committer.epoch()
                            + " and " + rewrite.owner().epoch(),
                    (Way way) -> land(committer, rewrite, change, way));
            answered = true;
            return landing;
        } finally {
            if (!answered) {
                staging.forget();
            }
        }
    }

    private Landing land(Ownership committer, TableRewrite rewrite, TableChange change, Way way) {
        var rows = world.rewrites();
        var refusal = rows.refusal(committer, rewrite, change);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (way == Way.USUAL) {
            rewrite.reached(Rewrite.Step.FENCES_HELD);
            rewrite.reached(Rewrite.Step.POINTER_MOVED);
            rewrite.reached(Rewrite.Step.BEFORE_COMMIT);
        }
        rows.land(committer, rewrite, change);
        return Landing.DONE;
    }
}
