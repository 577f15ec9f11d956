package riskcluster.node.trace;

import static java.util.concurrent.TimeUnit.MICROSECONDS;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import riskcluster.actors.alert.Loud;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.trace.LineFields;
import riskcluster.lakehouse.ledger.CheckpointTable.Visible;

/**
 * One record on its way, as a span with a child for each station. Times are microseconds since 1970 UTC; those of
 * checkpoint and commit are Postgres' own. Names of attributes follow OpenTelemetry's conventions for messaging.
 */
final class Followed {

    private static final AttributeKey<String> CUSTOMER = AttributeKey.stringKey("riskcluster.customer.key");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("riskcluster.outcome");
    private static final AttributeKey<String> BAND = AttributeKey.stringKey("riskcluster.band");
    private static final AttributeKey<Long> POINTS = AttributeKey.longKey("riskcluster.points");
    private static final AttributeKey<String> POLICY = AttributeKey.stringKey("riskcluster.policy.version");
    private static final AttributeKey<Long> BATCH = AttributeKey.longKey("riskcluster.batch.id");
    private static final long MICROS_PER_MILLI = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Followed.class);

    private final Tracer tracer;
    private final LogRecord record;
    private final Span whole;
    private final Context inside;
    private final long arrived;
    private long decided = Long.MAX_VALUE;
    private boolean alertAwaited;
    private boolean visible;
    private long last;

    Followed(Tracer tracer, Context parent, LogRecord record, long now) {
        this.tracer = tracer;
        this.record = record;
        this.arrived = now;
        this.last = now;
        long sent = Math.min(record.kafkaTimeMillis() * MICROS_PER_MILLI, now);
        var source = record.source();
        this.whole = tracer.spanBuilder("process " + source.topic())
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setStartTimestamp(sent, MICROSECONDS)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.destination.name", source.topic())
                .setAttribute("messaging.destination.partition.id", Integer.toString(source.partition()))
                .setAttribute("messaging.kafka.offset", record.offset())
                .startSpan();
        this.inside = parent.with(whole);
        station("wait in log", SpanKind.INTERNAL, sent, now, Attributes.empty());
    }

    void decided(Judged judged, long now) {
        decided = now;
        alertAwaited = Loud.is(judged);
        switch (judged.outcome()) {
            case Outcome.Decided(var decision) -> {
                whole.setAttribute(OUTCOME, "decided");
                station("decide", SpanKind.INTERNAL, arrived, now, attributes(decision));
                line(Level.INFO)
                        .addKeyValue(LineFields.CUSTOMER_KEY, decision.customerKey())
                        .log("a followed record is decided: {}, {} points", decision.band(), decision.points());
            }
            case Outcome.Rejected rejected -> {
                whole.setAttribute(OUTCOME, "rejected");
                whole.setStatus(StatusCode.ERROR, rejected.reason().toString());
                line(Level.INFO).log("a followed record is rejected: {}", rejected.reason());
            }
            case Outcome.Duplicate duplicate -> whole.setAttribute(OUTCOME, "duplicate");
            case Outcome.Erased erased -> whole.setAttribute(OUTCOME, "erased");
        }
    }

    private static Attributes attributes(Decision decision) {
        return Attributes.builder()
                .put(CUSTOMER, decision.customerKey())
                .put(BAND, decision.band().name())
                .put(POINTS, (long) decision.points())
                .put(POLICY, decision.policyVersion())
                .build();
    }

    /** Its alert or dead letter, where it has one, can be read by those who read exactly. */
    void alertsCommitted(long now) {
        if (alertAwaited) {
            alertAwaited = false;
            station("publish", SpanKind.PRODUCER, decided, now, Attributes.empty());
        }
    }

    /** Its rows can be read. */
    void visible(Visible checkpoint) {
        visible = true;
        long sealed = micros(checkpoint.sealedAt());
        station("checkpoint", SpanKind.INTERNAL, decided, sealed, Attributes.empty());
        var batch = Attributes.of(BATCH, checkpoint.batch());
        station("commit", SpanKind.INTERNAL, sealed, micros(checkpoint.committedAt()), batch);
        line(Level.INFO).log("a followed record is visible in batch {}", checkpoint.batch());
    }

    boolean isDecided() {
        return decided != Long.MAX_VALUE;
    }

    boolean isVisible() {
        return visible;
    }

    /** Whether nothing more is to come. */
    boolean isDone() {
        return visible && !alertAwaited;
    }

    long arrivedAt() {
        return arrived;
    }

    void end() {
        whole.end(last, MICROSECONDS);
    }

    /** Ends with an error that says what did not come. */
    void giveUp(String why) {
        whole.setStatus(StatusCode.ERROR, why);
        line(Level.WARN).log("a followed record is given up: {}", why);
        end();
    }

    /** By the same trace as the spans. */
    private LoggingEventBuilder line(Level level) {
        return LOG.atLevel(level)
                .addKeyValue(LineFields.PARTITION, record.source().partition())
                .addKeyValue(LineFields.OFFSET, record.offset())
                .addKeyValue(LineFields.TRACE_ID, whole.getSpanContext().getTraceId());
    }

    /** Two clocks may differ a little; no station ends before it begins. */
    private void station(String name, SpanKind kind, long from, long to, Attributes attributes) {
        long end = Math.max(from, to);
        last = Math.max(last, end);
        tracer.spanBuilder(name)
                .setParent(inside)
                .setSpanKind(kind)
                .setAllAttributes(attributes)
                .setStartTimestamp(from, MICROSECONDS)
                .startSpan()
                .end(end, MICROSECONDS);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
