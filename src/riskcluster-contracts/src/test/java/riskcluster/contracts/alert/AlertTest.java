package riskcluster.contracts.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

class AlertTest {

    @Test
    void theBodyIsTheGoldenBytes() throws IOException {
        var decision = decision(
                "Phở \"24\"\\\n\u0001 \uD83C\uDF5C",
                0.25,
                List.of(new FiredRule("high_amount", 30, "5000.0001"), new FiredRule("late_night", 10, "23")));

        var body = Alert.of("hanoi", record(), decision).body();

        assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo(golden("body.json"));
    }

    @Test
    void whatIsAbsentIsNull() throws IOException {
        var body = Alert.of("hanoi", record(), decision(null, Double.NaN, List.of()))
                .body();

        assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo(golden("body-of-absent.json"));
    }

    @Test
    void headersAreACloudEventAndPassTheTraceOn() {
        var headers = Alert.of("hanoi", record(), decision(null, Double.NaN, List.of()))
                .headers();

        assertThat(headers)
                .extracting(Header::name, header -> new String(value(header), StandardCharsets.UTF_8))
                .containsExactly(
                        tuple("ce_specversion", "1.0"),
                        tuple("ce_type", "riskcluster.alert.v1"),
                        tuple("ce_source", "/riskcluster/hanoi"),
                        tuple("ce_id", "transactions/3/41"),
                        tuple("ce_time", "2026-01-06T10:00:00.000001Z"),
                        tuple("content-type", "application/json"),
                        tuple("traceparent", "00-1-2-01"));
    }

    @Test
    void theKeyIsTheUserId() {
        assertThat(Alert.of("hanoi", record(), decision(null, Double.NaN, List.of()))
                        .key())
                .isEqualTo("đạt".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void timesBeforeYear0AndAfter9999AreWrittenToo() {
        assertThat(new String(new JsonBytes(1).instant(Long.MIN_VALUE).toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("\"-290308-12-21T19:59:05.224192Z\"");
        assertThat(new String(new JsonBytes(1).instant(-1).toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("\"1969-12-31T23:59:59.999999Z\"");
    }

    private static LogRecord record() {
        var trace = new Header("traceparent", "00-1-2-01".getBytes(StandardCharsets.UTF_8));
        var other = new Header("tenant", new byte[] {1});
        return new LogRecord(
                new LogPartition("transactions", 3), 41, 1_767_693_600_000L, null, null, List.of(other, trace));
    }

    private static Decision decision(@Nullable String merchant, double probability, List<FiredRule> fired) {
        var transaction = new Transaction(
                "t-1",
                "đạt",
                50_000_001,
                1_767_693_600_000_001L,
                merchant == null ? null : "VND",
                merchant,
                null,
                null,
                null,
                null,
                null);
        return new Decision(
                transaction,
                "k1:00ff",
                null,
                null,
                null,
                1,
                40,
                Band.MEDIUM,
                probability,
                fired,
                new float[15],
                1,
                "cafe",
                false,
                false,
                true);
    }

    private static byte[] value(Header header) {
        var value = header.value();
        return value == null ? new byte[0] : value;
    }

    private static String golden(String name) throws IOException {
        try (var in = AlertTest.class.getResourceAsStream("/alert/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in == null ? new byte[0] : in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
