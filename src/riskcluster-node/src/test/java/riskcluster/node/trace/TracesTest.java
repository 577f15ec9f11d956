package riskcluster.node.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.ledger.CheckpointTable.Visible;

class TracesTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 3);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String NOT_SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-00";
    private static final long SENT_MILLIS = 1_700_000_000_000L;

    private final Finished finished = new Finished();
    private final AtomicLong micros = new AtomicLong(SENT_MILLIS * 1_000);
    private final Map<Long, Visible> visible = new ConcurrentHashMap<>();

    @Test
    void aRecordIsOneTraceFromTheLogToItsAlertAndItsCommit() throws InterruptedException {
        try (var traces = traces()) {
            var trace = traces.partition(SOURCE);
            var record = record(17, SAMPLED);
            at(5);
            trace.arrived(List.of(record(16, null), record));
            at(8);
            trace.decided(List.of(alert(record)));
            at(30);
            trace.alertsCommitted(18);
            visible.put(17L, new Visible(20, instant(2_000), 41, instant(2_500)));

            var spans = finished.upTo("process transactions");

            assertThat(spans)
                    .extracting(SpanData::getName)
                    .containsExactly(
                            "wait in log", "decide", "publish", "checkpoint", "commit", "process transactions");
            assertThat(spans).allMatch(span -> span.getTraceId().equals(TRACE));
            assertThat(spans).extracting(TracesTest::millis).containsExactly(5L, 3L, 22L, 1_992L, 500L, 2_500L);
            var whole = spans.getLast();
            assertThat(whole.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
            assertThat(spans.subList(0, 5))
                    .allMatch(span -> span.getParentSpanId().equals(whole.getSpanId()));
            assertThat(text(whole, "messaging.destination.partition.id")).isEqualTo("3");
            assertThat(spans.get(1).getAttributes().asMap())
                    .containsEntry(AttributeKey.stringKey("riskcluster.customer.key"), "k1:00")
                    .containsEntry(AttributeKey.longKey("riskcluster.points"), 40L);
            assertThat(spans.get(4).getAttributes().asMap())
                    .containsEntry(AttributeKey.longKey("riskcluster.batch.id"), 41L);
        }
    }

    @Test
    void onlyARecordThatAsksIsFollowed() {
        try (var traces = traces()) {
            var trace = traces.partition(SOURCE);
            var records = List.of(record(0, null), record(1, NOT_SAMPLED), record(2, "00-1-2-01"), record(3, ""));
            trace.arrived(records);
            trace.decided(records.stream().map(TracesTest::alert).toList());
            trace.alertsCommitted(4);

            assertThat(finished.isEmpty()).isTrue();
        }
    }

    @Test
    void aRejectedRecordIsAnErrorThatNamesTheReason() throws InterruptedException {
        try (var traces = traces()) {
            var trace = traces.partition(SOURCE);
            var record = record(17, SAMPLED);
            trace.arrived(List.of(record));
            trace.decided(List.of(new Judged(record, new Outcome.Rejected(Reason.NOT_DECODABLE, "at byte 0"))));
            trace.alertsCommitted(18);
            visible.put(17L, new Visible(18, instant(10), 1, instant(20)));

            var spans = finished.upTo("process transactions");

            assertThat(spans.getLast().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(spans.getLast().getStatus().getDescription()).contains("NOT_DECODABLE");
        }
    }

    @Test
    void spansOfARecordThatNeverBecomesVisibleEndWithAnError() throws InterruptedException {
        try (var traces = traces()) {
            traces.partition(SOURCE).arrived(List.of(record(17, SAMPLED)));
            at(600_001);

            var whole = finished.upTo("process transactions").getLast();

            assertThat(whole.getStatus().getDescription()).isEqualTo("not visible in the tables");
        }
    }

    @Test
    void aCollectorIsToldByOtlp() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            told.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            told.add(new String(exchange.getRequestBody().readAllBytes(), US_ASCII));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            var address =
                    URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/");
            try (var traces = Traces.to(address, "node-1", (source, offset) -> Optional.empty(), micros::get)) {
                var trace = traces.partition(SOURCE);
                var record = record(17, SAMPLED);
                trace.arrived(List.of(record));
                trace.decided(List.of(alert(record)));
            }

            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("application/x-protobuf");
            assertThat(told.poll(30, TimeUnit.SECONDS)).contains("wait in log", "decide", "k1:00", "node-1");
        } finally {
            collector.stop(0);
        }
    }

    private Traces traces() {
        return new Traces(
                finished, "node-1", (source, offset) -> Optional.ofNullable(visible.get(offset)), micros::get);
    }

    private void at(long millisLater) {
        micros.set((SENT_MILLIS + millisLater) * 1_000);
    }

    private static Instant instant(long millisLater) {
        return Instant.ofEpochMilli(SENT_MILLIS + millisLater);
    }

    private static long millis(SpanData span) {
        return TimeUnit.NANOSECONDS.toMillis(span.getEndEpochNanos() - span.getStartEpochNanos());
    }

    private static String text(SpanData span, String attribute) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(attribute)));
    }

    private static LogRecord record(long offset, @Nullable String parent) {
        var headers =
                parent == null ? List.<Header>of() : List.of(new Header("traceparent", parent.getBytes(US_ASCII)));
        return new LogRecord(SOURCE, offset, SENT_MILLIS, null, null, headers);
    }

    private static Judged alert(LogRecord record) {
        return new Judged(record, new Outcome.Decided(decision()));
    }

    private static Decision decision() {
        return new Decision(
                new Transaction("t", "u", 1, 1, null, null, null, null, null, null, null),
                "k1:00",
                null,
                null,
                null,
                1,
                40,
                Band.MEDIUM,
                Double.NaN,
                List.of(),
                new float[0],
                1,
                "p",
                false,
                false,
                true);
    }
}
