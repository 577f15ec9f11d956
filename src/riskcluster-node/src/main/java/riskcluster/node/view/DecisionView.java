package riskcluster.node.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one transaction, and why.
 *
 * @param disposition {@code decided}, {@code duplicate}, {@code rejected} or {@code erased}
 * @param source {@code topic/partition/offset} of the input record
 * @param amount decimal text
 * @param reason {@code RC-nnnn} of a rejected one
 * @param detail what is wrong with a rejected one and what to do
 */
public record DecisionView(
        String disposition,
        String source,
        @Nullable String transactionId,
        @Nullable String customerKey,
        @Nullable String eventTime,
        @Nullable String amount,
        @Nullable String currency,
        @Nullable String merchant,
        @Nullable Integer points,
        @Nullable String band,
        @Nullable Double probability,
        @Nullable Boolean alert,
        List<Fired> firedRules,
        @JsonProperty("tx_count_30m") @Nullable Integer txCount30m,
        @Nullable Boolean late,
        @Nullable Boolean approximate,
        @Nullable String policyVersion,
        @Nullable String reason,
        @Nullable String detail) {

    /** A rule that fired, with the value it saw. */
    public record Fired(String rule, int points, String observed) {}

    public DecisionView {
        firedRules = List.copyOf(firedRules);
    }

    /** A record that the data contract refused. */
    public static DecisionView rejected(String source, String reason, String detail) {
        return undecided("rejected", source, reason, detail);
    }

    /** A record whose customer was erased. */
    public static DecisionView erased(String source) {
        return undecided("erased", source, null, "its customer was erased; see 'riskcluster privacy status'");
    }

    private static DecisionView undecided(String disposition, String source, @Nullable String reason, String detail) {
        return new DecisionView(
                disposition,
                source,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                reason,
                detail);
    }
}
