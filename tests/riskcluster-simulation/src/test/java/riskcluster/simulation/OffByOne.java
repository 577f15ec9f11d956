package riskcluster.simulation;

import riskcluster.actors.policy.Policy;
import riskcluster.actors.privacy.Aliases;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.actors.score.IdHash;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scored;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.transaction.Transaction;

/** A scorer whose windows also hold what happened exactly their length ago. */
final class OffByOne extends Scorer {

    OffByOne(Pseudonyms pseudonyms) {
        super(pseudonyms);
    }

    @Override
    public Scored score(
            Profile profile, Transaction transaction, IdHash id, long offset, Policy policy, Aliases aliases) {
        var right = super.score(profile, transaction, id, offset, policy, aliases);
        var wrong = super.score(profile, earlierBy(1, transaction), id, offset, policy, aliases);
        if (right.outcome() instanceof Outcome.Decided(var rightly)
                && wrong.outcome() instanceof Outcome.Decided(var wrongly)
                && wrongly.count30m() > rightly.count30m()) {
            return new Scored(right.profile(), new Outcome.Decided(with(transaction, wrongly)));
        }
        return right;
    }

    private static Transaction earlierBy(long micros, Transaction transaction) {
        return new Transaction(
                transaction.transactionId(),
                transaction.userId(),
                transaction.amountUnits(),
                transaction.eventTimeMicros() - micros,
                transaction.currency(),
                transaction.merchant(),
                transaction.terminalId(),
                transaction.paymentMethod(),
                transaction.location(),
                transaction.deviceId(),
                transaction.fraud());
    }

    private static Decision with(Transaction transaction, Decision decision) {
        return new Decision(
                transaction,
                decision.customerKey(),
                decision.deviceKey(),
                decision.city(),
                decision.country(),
                decision.count30m(),
                decision.points(),
                decision.band(),
                decision.probability(),
                decision.firedRules(),
                decision.features(),
                decision.featureVersion(),
                decision.policyVersion(),
                decision.late(),
                decision.approximate(),
                decision.alert());
    }
}
