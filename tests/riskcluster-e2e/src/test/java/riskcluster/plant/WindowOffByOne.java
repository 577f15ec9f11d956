package riskcluster.plant;

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

/** A scorer whose window of 30 minutes also holds what happened exactly 30 minutes ago. */
final class WindowOffByOne extends Scorer {

    WindowOffByOne(Pseudonyms pseudonyms) {
        super(pseudonyms);
    }

    @Override
    public Scored score(
            Profile profile, Transaction transaction, IdHash id, long offset, Policy policy, Aliases aliases) {
        var right = super.score(profile, transaction, id, offset, policy, aliases);
        var early = super.score(profile, aMicroEarlier(transaction), id, offset, policy, aliases);
        if (right.outcome() instanceof Outcome.Decided(var rightly)
                && early.outcome() instanceof Outcome.Decided(var wrongly)
                && wrongly.count30m() > rightly.count30m()) {
            return new Scored(right.profile(), new Outcome.Decided(counting(wrongly.count30m(), rightly)));
        }
        return right;
    }

    private static Transaction aMicroEarlier(Transaction transaction) {
        return new Transaction(
                transaction.transactionId(),
                transaction.userId(),
                transaction.amountUnits(),
                transaction.eventTimeMicros() - 1,
                transaction.currency(),
                transaction.merchant(),
                transaction.terminalId(),
                transaction.paymentMethod(),
                transaction.location(),
                transaction.deviceId(),
                transaction.fraud());
    }

    private static Decision counting(int count30m, Decision decision) {
        return new Decision(
                decision.transaction(),
                decision.customerKey(),
                decision.deviceKey(),
                decision.city(),
                decision.country(),
                count30m,
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
