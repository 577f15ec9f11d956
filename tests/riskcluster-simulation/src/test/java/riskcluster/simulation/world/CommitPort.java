package riskcluster.simulation.world;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.step.Steps;
import riskcluster.lakehouse.commit.BatchAttempt;
import riskcluster.lakehouse.commit.CommitLedger;
import riskcluster.lakehouse.ledger.SealedCheckpoint;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.simulation.fault.Call;
import riskcluster.simulation.fault.Plant;
import riskcluster.simulation.fault.Unanswered;
import riskcluster.simulation.world.Line.Way;

/** The committer's side of Postgres as one process sees it. */
final class CommitPort implements CommitLedger {

    private static final String SCOPE = "committer";

    private final World world;
    private final Line line;

    CommitPort(World world, Line line) {
        this.world = world;
        this.line = line;
    }

    @Override
    public Ownership take(UUID incarnation) {
        long seen = world.postgres().epoch(SCOPE);
        return line.call(Call.TAKE_COMMITTER, () -> SCOPE, (Way way) -> {
            world.postgres().unchanged(way, SCOPE, seen);
            return world.postgres().take(SCOPE, incarnation);
        });
    }

    @Override
    public Optional<StoredBatch> newest() {
        return line.call(Call.NEWEST_BATCH, () -> "", () -> world.lakehouse().newest());
    }

    @Override
    public List<SealedCheckpoint> waiting(int max) {
        return line.call(Call.WAITING, () -> "", () -> world.lakehouse().waiting(max));
    }

    @Override
    public Landing land(BatchAttempt attempt) {
        try {
            var landing = line.call(
                    Call.LAND,
                    () -> "batch " + attempt.id() + " epoch " + attempt.owner().epoch(),
                    (Way way) -> land(attempt, way == Way.USUAL ? line : Steps.UNHEARD));
            if (landing instanceof Landing.Landed) {
                line.reached(SCOPE, Step.AFTER_COMMIT);
            }
            return landing;
        } catch (Unanswered unknown) {
            if (world.fate().planted(Plant.CLEANED_WITHOUT_PROOF)) {
                attempt.changes().forEach(change -> change.written().forEach(world.store()::delete));
                world.checkFiles();
            }
            throw unknown;
        }
    }

    private Landing land(BatchAttempt attempt, Steps steps) {
        var refusal = world.lakehouse().refusal(attempt);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        steps.reached(SCOPE, Step.FENCE_HELD);
        steps.reached(SCOPE, Step.SOME_POINTERS_MOVED);
        steps.reached(SCOPE, Step.POINTERS_MOVED);
        steps.reached(SCOPE, Step.CHECKPOINTS_MARKED);
        steps.reached(SCOPE, Step.BEFORE_COMMIT);
        return new Landing.Landed(world.lakehouse().commit(attempt));
    }

    @Override
    public Optional<Found> find(BatchAttempt attempt, Ownership owner) {
        long seen = world.postgres().epoch(SCOPE);
        return line.call(Call.FIND, () -> "batch " + attempt.id(), (Way way) -> {
            world.postgres().unchanged(way, SCOPE, seen);
            return world.postgres().bump(owner).map(bumped -> new Found(bumped, found(attempt)));
        });
    }

    private Optional<StoredBatch> found(BatchAttempt attempt) {
        return world.lakehouse().batch(attempt.id(), attempt.owner());
    }
}
