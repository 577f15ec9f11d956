package riskcluster.node.answers;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.node.view.DecisionView;

/** Outcomes as they are shown to a person. */
final class DecisionViews {

    private static final String NO_DETAIL = "the customer had this transaction before; the first one stands";

    private DecisionViews() {}

    static DecisionView decided(String source, Decision decision) {
        var transaction = decision.transaction();
        return new DecisionView(
                "decided",
                source,
                transaction.transactionId(),
                decision.customerKey(),
                time(transaction),
                Transaction.amountText(transaction.amountUnits()),
                transaction.currency(),
                transaction.merchant(),
                decision.points(),
                decision.band().name(),
                probability(decision.probability()),
                decision.alert(),
                decision.firedRules().stream()
                        .map(fired -> new DecisionView.Fired(fired.rule(), fired.points(), fired.observed()))
                        .toList(),
                decision.count30m(),
                decision.late(),
                decision.approximate(),
                decision.policyVersion(),
                null,
                null);
    }

    private static @Nullable Double probability(double probability) {
        return Double.isNaN(probability) ? null : probability;
    }

    static DecisionView duplicate(String source, Transaction transaction) {
        return new DecisionView(
                "duplicate",
                source,
                transaction.transactionId(),
                null,
                time(transaction),
                Transaction.amountText(transaction.amountUnits()),
                transaction.currency(),
                transaction.merchant(),
                null,
                null,
                null,
                null,
                java.util.List.of(),
                null,
                null,
                null,
                null,
                null,
                NO_DETAIL);
    }

    private static String time(Transaction transaction) {
        return Instant.EPOCH
                .plus(transaction.eventTimeMicros(), ChronoUnit.MICROS)
                .toString();
    }
}
