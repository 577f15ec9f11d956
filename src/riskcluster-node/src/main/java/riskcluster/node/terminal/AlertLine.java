package riskcluster.node.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** One alert as one line for people. */
public final class AlertLine {

    private AlertLine() {}

    /** The body of an alert, in columns. */
    public static String of(JsonNode alert) {
        var rules = StreamSupport.stream(alert.path("fired_rules").spliterator(), false)
                .map(rule -> rule.path("rule").asText() + " ("
                        + rule.path("observed").asText() + ")")
                .collect(Collectors.joining(", "));
        var amount =
                alert.path("amount").asText() + " " + alert.path("currency").asText("");
        return TextTable.harmless("%-8s %3s  %-12s %14s  %s  %s"
                .formatted(
                        alert.path("band").asText(),
                        alert.path("points").asText(),
                        alert.path("user_id").asText(),
                        amount.strip(),
                        alert.path("event_time").asText(),
                        rules));
    }
}
