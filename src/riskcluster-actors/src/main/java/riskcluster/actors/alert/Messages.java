package riskcluster.actors.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.alert.Alert;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogRecord;

/** Alerts and dead letters as Kafka messages; input partition p writes only partition p of either topic. */
final class Messages {

    private static final String REASON = "dq_reason";
    private static final String DETAIL = "dq_detail";
    private static final String TOPIC = "dq_topic";
    private static final String PARTITION = "dq_partition";
    private static final String OFFSET = "dq_offset";
    private static final String ALERT_ID = "ce_id";

    private final TopicNames topics;
    private final String cluster;

    Messages(TopicNames topics, String cluster) {
        this.topics = topics;
        this.cluster = cluster;
    }

    ProducerRecord<byte[], byte[]> of(Judged judged) {
        var record = judged.record();
        return switch (judged.outcome()) {
            case Outcome.Decided(var decision) -> {
                var alert = Alert.of(cluster, record, decision);
                yield message(topics.alerts(), record, alert.key(), alert.body(), alert.headers());
            }
            case Outcome.Rejected rejected ->
                message(topics.deadLetters(), record, record.key(), record.value(), headers(record, rejected));
            case Outcome.Duplicate duplicate ->
                throw new IllegalArgumentException("a duplicate is told to nobody: " + record.coordinates());
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

    private static List<Header> headers(LogRecord record, Outcome.Rejected rejected) {
        var headers = new ArrayList<>(record.headers());
        headers.add(text(REASON, rejected.reason().code()));
        headers.add(text(DETAIL, rejected.detail()));
        headers.add(text(TOPIC, record.source().topic()));
        headers.add(text(PARTITION, Integer.toString(record.source().partition())));
        headers.add(text(OFFSET, Long.toString(record.offset())));
        return headers;
    }

    private static Header text(String name, String value) {
        return new Header(name, value.getBytes(UTF_8));
    }

    /** The input offset that a message of ours tells of. */
    static long sourceOffset(ConsumerRecord<byte[], byte[]> message) {
        var offset = message.headers().lastHeader(OFFSET);
        if (offset != null) {
            return Long.parseLong(new String(offset.value(), UTF_8));
        }
        var id = message.headers().lastHeader(ALERT_ID);
        if (id == null) {
            throw new IllegalStateException("message " + message.offset() + " of " + message.topic() + " has neither "
                    + OFFSET + " nor " + ALERT_ID + ": something else writes to this topic");
        }
        var text = new String(id.value(), UTF_8);
        return Long.parseLong(text.substring(text.lastIndexOf('/') + 1));
    }
}
