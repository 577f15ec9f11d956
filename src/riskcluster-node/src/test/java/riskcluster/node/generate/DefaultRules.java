package riskcluster.node.generate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The default rules of the contract, written down a second time and as plainly as possible. */
final class DefaultRules {

    private static final Set<String> CALLED_OUT = Set.of("IR", "KP", "MM");

    private final Map<String, Deque<Instant>> halfHours = new HashMap<>();

    boolean alerts(JsonNode transaction) {
        return points(transaction) >= 25;
    }

    private int points(JsonNode transaction) {
        var at = Instant.parse(transaction.get("timestamp").textValue());
        var utc = at.atOffset(ZoneOffset.UTC);
        var location = transaction.get("location").textValue();
        var points = transaction.path("is_fraud").asBoolean() ? 50 : 0;
        points += transaction.get("amount").decimalValue().intValue() >= 5_000 ? 30 : 0;
        points += countInHalfHour(transaction.get("user_id").textValue(), at) > 5 ? 25 : 0;
        points += transaction.get("payment_method").textValue().equals("crypto") ? 20 : 0;
        points += CALLED_OUT.contains(location.substring(location.lastIndexOf(',') + 2)) ? 15 : 0;
        points += utc.getHour() >= 23 || utc.getHour() < 5 ? 10 : 0;
        points += utc.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0 ? 5 : 0;
        return points;
    }

    private int countInHalfHour(String user, Instant at) {
        var times = halfHours.computeIfAbsent(user, unused -> new ArrayDeque<>());
        times.addLast(at);
        times.removeIf(time -> !time.isAfter(at.minusSeconds(1_800)));
        return (int) times.stream().filter(time -> !time.isAfter(at)).count();
    }
}
