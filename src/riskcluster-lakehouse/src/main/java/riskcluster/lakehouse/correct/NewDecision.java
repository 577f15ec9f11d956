package riskcluster.lakehouse.correct;

import java.util.List;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;

/**
 * What a correction makes of one decision: nothing that the sender said, and nothing that names a customer.
 *
 * @param offset of the record
 * @param watermarkMicros the partition's, this record in it: by it gold knows which windows the record counts in
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
public record NewDecision(
        long offset,
        long watermarkMicros,
        int count30m,
        int points,
        Band band,
        double probability,
        List<FiredRule> firedRules,
        float[] features,
        int featureVersion,
        String policyVersion,
        boolean late,
        boolean approximate) {

    /** Of a record that was decided again. */
    public static NewDecision of(long offset, long watermarkMicros, Decision decision) {
        return new NewDecision(
                offset,
                watermarkMicros,
                decision.count30m(),
                decision.points(),
                decision.band(),
                decision.probability(),
                decision.firedRules(),
                decision.features(),
                decision.featureVersion(),
                decision.policyVersion(),
                decision.late(),
                decision.approximate());
    }
}
