package riskcluster.actors.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import riskcluster.actors.decode.Decoded;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.policy.PolicyReading;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/** Scores the log whose decisions an independent program, in another language, worked out from the contract. */
class GoldenDecisionsTest {
    private static final Path GOLDEN = Path.of(System.getProperty("riskcluster.root"), "tests/judge/golden");
    /** The judge's classes of reasons. What is no JSON object at all is for it a wrong type or too deep, for us no JSON. */
    private static final Map<Reason, Set<String>> CLASSES = Map.ofEntries(
            Map.entry(Reason.VALUE_MISSING, Set.of("null_value")),
            Map.entry(Reason.VALUE_TOO_LARGE, Set.of("too_large")),
            Map.entry(Reason.NOT_DECODABLE, Set.of("undecodable", "wrong_type", "too_deep")),
            Map.entry(Reason.FIELD_TWICE, Set.of("undecodable")),
            Map.entry(Reason.TOO_DEEP, Set.of("too_deep")),
            Map.entry(Reason.FIELD_MISSING, Set.of("missing_field")),
            Map.entry(Reason.WRONG_TYPE, Set.of("wrong_type")),
            Map.entry(Reason.TRANSACTION_ID_BAD, Set.of("bad_transaction_id")),
            Map.entry(Reason.AMOUNT_NEGATIVE, Set.of("amount_not_representable")),
            Map.entry(Reason.AMOUNT_NOT_REPRESENTABLE, Set.of("amount_not_representable")),
            Map.entry(Reason.TIMESTAMP_BAD, Set.of("bad_timestamp")),
            Map.entry(Reason.TIMESTAMP_AHEAD, Set.of("in_future")),
            Map.entry(Reason.KEY_MISSING, Set.of("bad_key")),
            Map.entry(Reason.KEY_NOT_USER_ID, Set.of("bad_key")));

    private final ObjectMapper json = new ObjectMapper();
    private final Decoder decoder = new Decoder(SchemaRegistry.empty());
    private final Scorer scorer = new Scorer(new Pseudonyms(Map.of(1, bytesFromZero(32))));
    private final Map<String, Profile> profiles = new HashMap<>();
    private final List<String> differences = new ArrayList<>();

    @Test
    void everyRecordBecomesWhatTheJudgeSays() throws IOException {
        var policy = ((PolicyReading.Ready) PolicyFile.read(GOLDEN.resolve("rules.json"))).policy();

        int lines = 0;
        try (var in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(GOLDEN.resolve("decisions.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                compare(json.readTree(line), policy);
                lines++;
            }
        }

        assertThat(differences).isEmpty();
        assertThat(lines).isGreaterThan(2_000);
    }

    private void compare(JsonNode line, Policy policy) throws IOException {
        var source = new LogPartition("transactions", line.get("partition").asInt());
        var record = new LogRecord(
                source,
                line.get("offset").asLong(),
                line.get("kafka_time_ms").asLong(),
                line.get("key").binaryValue(),
                line.get("value").isNull() ? null : line.get("value").binaryValue(),
                List.of());
        var expected = line.get("expect");
        var about = line.get("n") + " " + line.get("about");
        switch (decoder.decode(record)) {
            case Decoded.Undecided(var why) -> differences.add(about + ": " + why);
            case Decoded.Rejected(var rejected) -> {
                same(
                        about + " disposition " + rejected,
                        expected.get("disposition").asText(),
                        "rejected");
                // Where several reasons hold, the judge takes any of them as right: it mutates records at random.
                if (expected.has("reason") && !about.contains("mutant")) {
                    var classes = CLASSES.getOrDefault(rejected.reason(), Set.of());
                    same(
                            about + " " + rejected,
                            classes.contains(expected.get("reason").asText()),
                            true);
                }
            }
            case Decoded.Accepted(var transaction) -> {
                var profile = profiles.getOrDefault(source + "/" + transaction.userId(), Profile.EMPTY);
                var scored = scorer.score(profile, transaction, record.offset(), policy);
                profiles.put(source + "/" + transaction.userId(), scored.profile());
                compareFields(about, transaction, expected);
                compareOutcome(about, scored.outcome(), expected);
            }
        }
    }

    private void compareFields(String about, Transaction found, JsonNode expected) {
        same(about + " transaction_id", expected.path("transaction_id"), found.transactionId());
        same(about + " user_id", expected.path("user_id"), found.userId());
        same(about + " amount", expected.path("amount"), Transaction.amountText(found.amountUnits()));
        same(about + " units", expected.path("amount_units").asLong(), found.amountUnits());
        same(about + " event time", expected.path("event_time_us").asLong(), found.eventTimeMicros());
        same(about + " currency", expected.path("currency"), found.currency());
        same(about + " merchant", expected.path("merchant"), found.merchant());
        same(about + " terminal_id", expected.path("terminal_id"), found.terminalId());
        same(about + " payment_method", expected.path("payment_method"), found.paymentMethod());
        same(about + " location", expected.path("location"), found.location());
        same(about + " device_id", expected.path("device_id"), found.deviceId());
        same(about + " is_fraud", expected.path("is_fraud"), found.fraud());
    }

    private void compareOutcome(String about, Outcome outcome, JsonNode expected) {
        switch (outcome) {
            case Outcome.Duplicate _ -> same(about, expected.get("disposition").asText(), "duplicate");
            case Outcome.Rejected _, Outcome.Erased _ -> differences.add(about + " was not scored but " + outcome);
            case Outcome.Decided(var decision) -> {
                same(about, expected.get("disposition").asText(), "decided");
                if (expected.has("decision")) {
                    compareDecision(about, decision, expected.get("decision"));
                }
            }
        }
    }

    private void compareDecision(String about, Decision found, JsonNode expected) {
        same(about + " late", expected.get("late"), found.late());
        same(about + " approximate", expected.get("approximate"), found.approximate());
        same(about + " points", expected.get("points"), found.points());
        same(about + " band", expected.get("band"), found.band());
        same(about + " alert", expected.get("alert"), found.alert());
        same(about + " city", expected.get("city"), found.city());
        same(about + " country", expected.get("country"), found.country());
        same(about + " customer_key", expected.get("customer_key"), found.customerKey());
        same(about + " device_key", expected.get("device_key"), found.deviceKey());
        same(about + " count", expected.get("tx_count_30m"), found.count30m());
        var fired = new StringBuilder();
        expected.get("fired")
                .forEach(rule -> fired.append(rule.get("rule").asText()
                        + rule.get("points")
                        + rule.get("observed").asText()));
        var foundFired = new StringBuilder();
        found.firedRules().forEach(rule -> foundFired.append(rule.rule() + rule.points() + rule.observed()));
        same(about + " fired", fired.toString(), foundFired.toString());
        for (int i = 0; i < found.features().length; i++) {
            var feature = expected.get("features").get(i);
            float wanted = feature.isNull() ? Float.NaN : (float) feature.asDouble();
            same(about + " feature " + i, wanted, found.features()[i]);
        }
        same(about + " features", expected.get("features").size(), found.features().length);
    }

    private void same(String about, JsonNode expected, @Nullable Object found) {
        same(about, expected.isNull() ? "null" : expected.asText(), String.valueOf(found));
    }

    private void same(String about, Object expected, @Nullable Object found) {
        if (!expected.equals(found)) {
            differences.add(about + ": expected " + expected + ", found " + found);
        }
    }

    private static byte[] bytesFromZero(int count) {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
