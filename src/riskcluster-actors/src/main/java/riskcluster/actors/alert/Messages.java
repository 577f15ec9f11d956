package riskcluster.actors.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.alert.AnomalyAlert;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogRecord;

/** Alerts and dead letters as Kafka messages; input partition p writes only partition p of each topic. */
final class Messages {

    private static final String ALERT_ID = "ce_id";

    private final TopicNames topics;
    private final String cluster;
    private final int alertBytesMax;
    private final int anomalyBytesMax;
    private final int deadLetterBytesMax;

    /**
     * @param alertBytesMax of a batch that the alert topic takes
     * @param anomalyBytesMax of a batch that the topic of anomalies takes
     * @param deadLetterBytesMax of a batch that the dead letter topic takes
     */
    Messages(TopicNames topics, String cluster, int alertBytesMax, int anomalyBytesMax, int deadLetterBytesMax) {
        this.topics = topics;
        this.cluster = cluster;
        this.alertBytesMax = alertBytesMax;
        this.anomalyBytesMax = anomalyBytesMax;
        this.deadLetterBytesMax = deadLetterBytesMax;
    }

    /** Everything that is told of this record: its anomalies, then its alert or its dead letter. */
    List<ProducerRecord<byte[], byte[]>> of(Judged judged) {
        var messages = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var anomaly : judged.anomalies()) {
            var record = judged.record();
            var alert = FittingAlert.of(cluster, record, anomaly, anomalyBytesMax);
            messages.add(message(topics.anomalyAlerts(), record, alert.key(), alert.body(), alert.headers()));
        }
        if (Loud.isOutcome(judged)) {
            messages.add(ofOutcome(judged));
        }
        return messages;
    }

    private ProducerRecord<byte[], byte[]> ofOutcome(Judged judged) {
        var record = judged.record();
        return switch (judged.outcome()) {
            case Outcome.Decided(var decision) -> {
                var alert = FittingAlert.of(cluster, record, decision, alertBytesMax);
                yield message(topics.alerts(), record, alert.key(), alert.body(), alert.headers());
            }
            case Outcome.Rejected rejected -> {
                var letter = DeadLetter.of(record, rejected, deadLetterBytesMax);
                yield message(topics.deadLetters(), record, letter.key(), letter.value(), letter.headers());
            }
            case Outcome.Duplicate duplicate ->
                throw new IllegalArgumentException("a duplicate is told to nobody: " + record.coordinates());
            case Outcome.Erased erased ->
                throw new IllegalArgumentException("an erased record is told to nobody: " + record.coordinates());
        };
    }

    private static ProducerRecord<byte[], byte[]> message(
            String topic, LogRecord record, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
        var kafka = new ArrayList<org.apache.kafka.common.header.Header>(headers.size());
        headers.forEach(header -> kafka.add(new RecordHeader(header.name(), header.value())));
        return unchecked(topic, record.source().partition(), key, value, kafka);
    }

    @SuppressWarnings("NullAway") // Kafka allows a message without key or value; its annotations do not say so
    private static ProducerRecord<byte[], byte[]> unchecked(
            String topic,
            int partition,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<org.apache.kafka.common.header.Header> headers) {
        return new ProducerRecord<>(topic, partition, key, value, headers);
    }

    /** The input offset that a message of ours tells of. */
    static long sourceOffset(ConsumerRecord<byte[], byte[]> message) {
        var offset = message.headers().lastHeader(DeadLetter.OFFSET);
        if (offset != null) {
            return Long.parseLong(new String(offset.value(), UTF_8));
        }
        var cause = message.headers().lastHeader(AnomalyAlert.CAUSE);
        var id = cause == null ? message.headers().lastHeader(ALERT_ID) : cause;
        if (id == null) {
            throw new IllegalStateException("message " + message.offset() + " of " + message.topic() + " has neither "
                    + DeadLetter.OFFSET + " nor " + ALERT_ID + ": something else writes to this topic");
        }
        var text = new String(id.value(), UTF_8);
        return Long.parseLong(text.substring(text.lastIndexOf('/') + 1));
    }
}
