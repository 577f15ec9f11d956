package riskcluster.node.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import riskcluster.actors.decode.Decoded;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.contracts.alert.Alert;
import riskcluster.contracts.alert.AnomalyAlert;
import riskcluster.contracts.decision.Anomaly;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.node.contract.Contract.Property;
import riskcluster.node.contract.Contract.SchemaObject;

/** Holds what decode and the alerts do to the contracts of the topics, both ways. */
class TopicContractsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaObject INPUT = object("transactions");
    private static final long KAFKA_MILLIS = 1_767_693_600_000L;
    private static final Decoder DECODER = new Decoder(SchemaRegistry.empty());

    static List<Property> fields() {
        return INPUT.properties();
    }

    static List<Property> requiredFields() {
        return INPUT.properties().stream().filter(Property::required).toList();
    }

    @Test
    void theRulesOfRecordsAreTheReasonsOfDecode() {
        assertThat(INPUT.quality())
                .extracting(rule -> rule.name() + " " + rule.description())
                .containsExactlyElementsOf(Arrays.stream(Reason.values())
                        .map(reason -> reason.code() + " " + capital(reason.meaning()) + "; " + reason.remedy())
                        .toList());
    }

    @Test
    void aRecordWithEveryFieldPasses() {
        assertThat(reason(whole())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldIsMissedExactlyWhereItIsRequired(Property field) {
        var record = whole();
        record.remove(field.name());

        assertThat(reason(record)).isEqualTo(field.required() ? Optional.of(Reason.FIELD_MISSING) : Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldHasItsTypeAndNoOther(Property field) {
        var also = field.custom().get("alsoAccepts") instanceof List<?> list ? list : List.of();
        for (var type : List.of("string", "integer", "number", "boolean", "object")) {
            boolean isItsOwn = type.equals(field.logicalType())
                    || type.equals("string") && field.logicalType().equals("timestamp")
                    || type.equals("integer") && field.logicalType().equals("number");
            var record = whole();
            record.set(field.name(), sample(field, type));
            var key = record.get("user_id").asText();
            assertThat(reason(record, key.isEmpty() ? "u1" : key))
                    .as(field.name() + " as " + type)
                    .isEqualTo(isItsOwn || also.contains(type) ? Optional.empty() : Optional.of(Reason.WRONG_TYPE));
        }
    }

    @Test
    void theLimitsAreThoseOfDecode() {
        int length = ((BigDecimal) option("transaction_id", "maxLength")).intValueExact();
        assertThat(reason(whole().put("transaction_id", "x".repeat(length)))).isEmpty();
        assertThat(reason(whole().put("transaction_id", "x".repeat(length + 1))))
                .contains(Reason.TRANSACTION_ID_BAD);
        assertThat(reason(whole().put("transaction_id", ""))).contains(Reason.TRANSACTION_ID_BAD);

        var max = (BigDecimal) option("amount", "maximum");
        var step = (BigDecimal) option("amount", "multipleOf");
        assertThat(reason(whole().put("amount", max))).isEmpty();
        assertThat(reason(whole().put("amount", max.add(step)))).contains(Reason.AMOUNT_NOT_REPRESENTABLE);
        assertThat(reason(whole().put("amount", step.movePointLeft(1)))).contains(Reason.AMOUNT_NOT_REPRESENTABLE);
        assertThat(reason(whole().put("amount", (BigDecimal) option("amount", "minimum"))))
                .isEmpty();
        assertThat(reason(whole().put("amount", step.negate()))).contains(Reason.AMOUNT_NEGATIVE);

        long ahead = KAFKA_MILLIS + 1_000 * limit("aheadSecondsMax");
        assertThat(reason(whole().put("timestamp", ahead))).isEmpty();
        assertThat(reason(whole().put("timestamp", ahead + 1))).contains(Reason.TIMESTAMP_AHEAD);
    }

    @Test
    void depthAndLengthAreThoseOfDecode() {
        int levels = Math.toIntExact(limit("levelsMax"));
        assertThat(reason(nested(levels - 1))).isEmpty();
        assertThat(reason(nested(levels))).contains(Reason.TOO_DEEP);

        long bytes = limit("valueBytesMax");
        assertThat(bytes).isEqualTo(Decoder.VALUE_BYTES_MAX);
        assertThat(limit("aheadSecondsMax") * 1_000_000).isEqualTo(Decoder.AHEAD_MICROS_MAX);
    }

    @Test
    void anAlertIsWhatItsContractSays() throws Exception {
        var alert = alert();
        var body = JSON.readTree(alert.body());
        assertThat(body.properties().stream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(places("alerts", "body"));
        assertThat(alert.headers().stream().map(Header::name)).containsExactlyElementsOf(places("alerts", "header"));
        for (var field : object("alerts").properties()) {
            if (field.required() && field.custom().get("place").equals("body")) {
                assertThat(body.get(field.name()).isNull()).as(field.name()).isFalse();
            }
        }
        var bands = object("alerts").properties().stream()
                .filter(field -> field.name().equals("band"))
                .findFirst()
                .orElseThrow();
        assertThat(bands.allowed())
                .containsExactlyElementsOf(
                        Arrays.stream(Band.values()).map(Band::name).toList());
        assertThat(StreamSupport.stream(
                                body.get("fired_rules").get(0).properties().spliterator(), false)
                        .map(Map.Entry::getKey))
                .containsExactly("rule", "points", "observed");
    }

    @Test
    void anAnomalyIsWhatItsContractSays() throws Exception {
        var anomaly = new Anomaly("u", "k1:0", 60, 0, 5, 10, 1, 0);
        var alert = AnomalyAlert.of("c", record("{}", "u", List.of()), anomaly);

        assertThat(JSON.readTree(alert.body()).properties().stream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(places("anomaly_alerts", "body"));
        assertThat(alert.headers().stream().map(Header::name))
                .containsExactlyElementsOf(places("anomaly_alerts", "header"));
    }

    @Test
    void everyTopicHasAContract() {
        for (var topic : Contracts.TOPICS) {
            assertThat(Contracts.bundled().topic(topic).id()).isEqualTo("riskcluster." + topic);
        }
    }

    private static Alert alert() {
        var transaction = new Transaction("t", "u", 1, 1, null, null, null, null, null, null, null);
        var decision = new Decision(
                transaction,
                "k1:0",
                null,
                null,
                null,
                1,
                50,
                Band.HIGH,
                Double.NaN,
                List.of(new FiredRule("r", 50, "o")),
                new float[0],
                1,
                "p",
                false,
                false,
                true);
        var trace = new Header("traceparent", new byte[0]);
        return Alert.of("c", record("{}", "u", List.of(trace)), decision);
    }

    private static List<String> places(String topic, String place) {
        return object(topic).properties().stream()
                .filter(field -> place.equals(field.custom().get("place")))
                .map(Property::name)
                .toList();
    }

    private static SchemaObject object(String topic) {
        return Contracts.bundled().topic(topic).object(topic).orElseThrow();
    }

    private static Object option(String field, String name) {
        return INPUT.properties().stream()
                .filter(each -> each.name().equals(field))
                .findFirst()
                .orElseThrow()
                .options()
                .get(name);
    }

    private static long limit(String name) {
        return ((BigDecimal) INPUT.custom().get(name)).longValueExact();
    }

    private static ObjectNode whole() {
        var record = JSON.createObjectNode();
        INPUT.properties()
                .forEach(field -> record.set(
                        field.name(),
                        sample(field, field.logicalType().equals("timestamp") ? "string" : field.logicalType())));
        return record;
    }

    private static JsonNode sample(Property field, String type) {
        var nodes = JSON.getNodeFactory();
        return switch (type) {
            case "string" -> nodes.textNode(field.logicalType().equals("timestamp") ? "2026-01-06T10:00:00Z" : "u1");
            case "integer" -> nodes.numberNode(7);
            case "number" -> nodes.numberNode(new BigDecimal("7.5"));
            case "boolean" -> nodes.booleanNode(true);
            default -> nodes.objectNode();
        };
    }

    private static ObjectNode nested(int levels) {
        var record = whole();
        var inner = record;
        for (int level = 0; level < levels; level++) {
            inner = inner.putObject("more");
        }
        return record;
    }

    private static Optional<Reason> reason(ObjectNode record) {
        return reason(record, "u1");
    }

    private static Optional<Reason> reason(ObjectNode record, String key) {
        return switch (DECODER.decode(record(record.toString(), key, List.of()))) {
            case Decoded.Accepted accepted -> Optional.empty();
            case Decoded.Rejected(Outcome.Rejected rejected) -> Optional.of(rejected.reason());
            case Decoded.Undecided undecided -> throw new AssertionError(undecided.why());
        };
    }

    private static LogRecord record(String value, String key, List<Header> headers) {
        return new LogRecord(
                new LogPartition("transactions", 0),
                0,
                KAFKA_MILLIS,
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                headers);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
