package riskcluster.actors.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.alert.Alert;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

class FittingAlertTest {

    private static final int ROOMY = 1 << 20;
    private static final LogRecord RECORD = new LogRecord(
            new LogPartition("transactions", 3),
            42,
            0,
            new byte[0],
            new byte[0],
            List.of(new Header("traceparent", new byte[55])));

    private static Decision decision(String user, String merchant, String observed) {
        return new Decision(
                new Transaction("t1", user, 10_000, 0, "EUR", merchant, null, null, null, null, true),
                "k1:ab",
                null,
                null,
                null,
                1,
                50,
                Band.HIGH,
                Double.NaN,
                List.of(new FiredRule("known_fraud", 50, observed)),
                new float[0],
                1,
                "v1",
                false,
                false,
                true);
    }

    private static Map<String, String> headers(Alert alert) {
        return alert.headers().stream()
                .collect(Collectors.toMap(Header::name, header -> new String(header.value(), UTF_8)));
    }

    @Test
    void anAlertThatFitsIsTheContractsToTheLetter() {
        var decision = decision("u1", "m".repeat(5_000), "true");
        var alert = FittingAlert.of("c", RECORD, decision, ROOMY);

        assertThat(alert.body()).isEqualTo(Alert.of("c", RECORD, decision).body());
        assertThat(headers(alert)).containsKey("traceparent").doesNotContainKey(FittingAlert.CUT);
    }

    @Test
    void longTextsAreCutAndNamedAndTheRestStays() {
        var alert = FittingAlert.of("c", RECORD, decision("u".repeat(300_000), "m".repeat(257), "true"), 10_000);

        assertThat(BatchBytes.max(alert.key(), alert.body(), alert.headers())).isLessThanOrEqualTo(10_000);
        assertThat(new String(alert.key(), UTF_8)).isEqualTo("u".repeat(256));
        assertThat(new String(alert.body(), UTF_8))
                .startsWith(
                        "{\"transaction_id\":\"t1\",\"user_id\":\"" + "u".repeat(256) + "\",\"customer_key\":\"k1:ab\"")
                .contains("\"merchant\":\"" + "m".repeat(256) + "\"")
                .endsWith("\"policy_version\":\"v1\"}");
        assertThat(headers(alert))
                .containsEntry(FittingAlert.CUT, "user_id=300000,merchant=257")
                .containsEntry("ce_id", "transactions/3/42")
                .containsKey("traceparent");
    }

    @Test
    void aPairOfSurrogatesIsNotTornAndWhatARuleSawIsCutToo() {
        var alert = FittingAlert.of(
                "c", RECORD, decision("x" + "\uD83D\uDE00".repeat(50_000), "m", "o".repeat(9_000)), 10_000);

        assertThat(new String(alert.key(), UTF_8)).isEqualTo("x" + "\uD83D\uDE00".repeat(127));
        assertThat(headers(alert)).containsEntry(FittingAlert.CUT, "user_id=100001,observed.known_fraud=9000");
    }

    @Test
    void aHeaderThatIsPassedOnIsLeftOutWhereItIsLong() {
        var record = new LogRecord(
                RECORD.source(), 42, 0, null, null, List.of(new Header("traceparent", new byte[200_000])));
        var alert = FittingAlert.of("c", record, decision("u1", "m", "true"), 10_000);

        assertThat(BatchBytes.max(alert.key(), alert.body(), alert.headers())).isLessThanOrEqualTo(10_000);
        assertThat(headers(alert)).doesNotContainKey("traceparent");
    }
}
