package riskcluster.node.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyReading;
import riskcluster.actors.replay.CorrectedSpans;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.correct.Published;
import riskcluster.lakehouse.ledger.StoredCorrection;
import riskcluster.lakehouse.read.PinnedBatch;

/**
 * What was corrected, in its order, with the policies it was decided by.
 *
 * @param all the last one of those that overlap holds
 */
record Corrections(List<Correction> all) {

    /** Ranges, and by what they are decided; empty: by the policies of the time. */
    record Correction(List<StoredCorrection.Span> spans, Optional<Policy> policy) {}

    Corrections {
        all = List.copyOf(all);
    }

    /**
     * Those whose rows this batch shows.
     *
     * @throws IllegalStateException where this program cannot decide by the policy of one
     */
    static Corrections published(PinnedBatch batch) {
        return new Corrections(Published.in(batch).stream()
                .map(one -> new Correction(List.of(one.span()), one.policy().map(Corrections::policy)))
                .toList());
    }

    static Policy policy(StoredPolicy stored) {
        return switch (Policy.of(stored)) {
            case PolicyReading.Ready(var policy) -> policy;
            case PolicyReading.Refused refused -> throw new IllegalStateException(refused.message());
        };
    }

    /** These and one more. */
    Corrections with(Correction next) {
        var longer = new ArrayList<>(all);
        longer.add(next);
        return new Corrections(longer);
    }

    /** Those of one partition. */
    CorrectedSpans of(LogPartition source) {
        return new CorrectedSpans(all.stream()
                .flatMap(one -> one.spans().stream()
                        .filter(span -> span.source().equals(source))
                        .map(span -> new CorrectedSpans.Span(span.from(), span.to(), one.policy())))
                .toList());
    }
}
