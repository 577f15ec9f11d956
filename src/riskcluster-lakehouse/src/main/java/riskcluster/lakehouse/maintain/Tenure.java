package riskcluster.lakehouse.maintain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.commit.Rewrite;
import riskcluster.lakehouse.commit.RewriteResult;
import riskcluster.lakehouse.maintain.MaintenanceRun.Outcome;

/**
 * One incarnation's time as the one who maintains: its epoch, and what it has committed under it. After no answer it
 * takes a new epoch, which makes what is under way impossible, and only then looks.
 */
public final class Tenure {

    private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

    private final MaintenanceLedger ledger;
    private final Committing committing;
    private final UUID incarnation;
    private final MaintainSteps steps;

    private @Nullable Ownership owner;
    private boolean deposed;

    /** A time that begins with the first call. */
    public Tenure(MaintenanceLedger ledger, Committing committing, UUID incarnation, MaintainSteps steps) {
        this.ledger = ledger;
        this.committing = committing;
        this.incarnation = incarnation;
        this.steps = steps;
    }

    /**
     * What became of a rewrite.
     *
     * @param isFinal it was refused, and a later try would be too
     */
    public record Answer(Outcome outcome, String why, boolean isFinal) {

        /** One after which another try may end otherwise. */
        public Answer(Outcome outcome, String why) {
            this(outcome, why, false);
        }
    }

    /** Whether somebody else maintains the tables now. */
    public boolean isDeposed() {
        return deposed;
    }

    /** The epoch; taken with the first call. */
    public Ownership owner() {
        Ownership known = owner;
        if (known == null) {
            known = ledger.take(incarnation);
            owner = known;
        }
        return known;
    }

    Preparation prepare(TableDefinition table) {
        return new Preparation(UUID.randomUUID(), owner(), table, steps);
    }

    /** Has it committed, and knows afterwards whether it was. */
    public Answer submit(Rewrite rewrite) {
        try {
            return switch (committing.commit(rewrite)) {
                case RewriteResult.Done done -> new Answer(Outcome.DONE, "");
                case RewriteResult.Refused(var why) -> new Answer(Outcome.REFUSED, why);
                case RewriteResult.Impossible(var why) -> new Answer(Outcome.REFUSED, why, true);
                case RewriteResult.Deposed busy -> new Answer(Outcome.REFUSED, "the committer is changing");
                case RewriteResult.OwnerDeposed over -> depose();
            };
        } catch (RuntimeException unknown) {
            LOG.warn(
                    "no answer to {} of {}: {}",
                    rewrite.kind(),
                    rewrite.table().qualifiedName(),
                    String.valueOf(unknown));
            return resolve(rewrite);
        }
    }

    /** Forgets batches: they can be pinned no longer. */
    public void forget(List<Long> batches) {
        if (!ledger.forget(owner(), batches)) {
            depose();
        }
    }

    /** Lets files go that are proven to be nobody's. */
    public void defer(Collection<String> paths, String reason) {
        if (!paths.isEmpty() && !ledger.defer(owner(), paths, reason)) {
            depose();
        }
    }

    private Answer resolve(Rewrite rewrite) {
        Optional<Ownership> bumped = ledger.bump(owner());
        if (bumped.isEmpty()) {
            return depose();
        }
        owner = bumped.get();
        return ledger.isCommitted(rewrite.id())
                ? new Answer(Outcome.DONE, "")
                : new Answer(Outcome.REFUSED, "no answer, and it had not been committed");
    }

    private Answer depose() {
        deposed = true;
        return new Answer(Outcome.REFUSED, "somebody else maintains the tables now");
    }
}
