package riskcluster.actors.alert;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.LogPartition;

/** A transactional producer whose transactions also carry the alert cursor, as a consumer group's offset. */
final class KafkaAlertChannel implements AlertChannel {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AlertCursorInKafka cursor;
    private final Messages messages;
    private final ConsumerGroupMetadata group;
    private final TopicPartition source;
    private final AtomicReference<@Nullable Exception> refusal = new AtomicReference<>();
    private @Nullable Optional<OffsetAndMetadata> atOpening;
    private boolean open;

    @SuppressWarnings("removal") // nobody joins this group: there is no consumer to ask for its metadata
    KafkaAlertChannel(
            KafkaProducer<byte[], byte[]> producer,
            AlertCursorInKafka cursor,
            Messages messages,
            String group,
            LogPartition source) {
        this.producer = producer;
        this.cursor = cursor;
        this.messages = messages;
        this.group = new ConsumerGroupMetadata(group);
        this.source = new TopicPartition(source.topic(), source.partition());
    }

    /** Read once: it may be long in coming, and cursor and note belong together. */
    private Optional<OffsetAndMetadata> atOpening() {
        if (atOpening == null) {
            atOpening = cursor.committed();
        }
        return atOpening;
    }

    @Override
    public OptionalLong cursor() {
        var committed = atOpening();
        return committed.isPresent() ? OptionalLong.of(committed.get().offset()) : OptionalLong.empty();
    }

    @Override
    public Optional<CursorNote> noted() {
        return atOpening().map(OffsetAndMetadata::metadata).flatMap(CursorNote::of);
    }

    @Override
    public long lastPublished() {
        return cursor.lastPublished();
    }

    @Override
    public void send(Judged judged) {
        begin();
        for (var message : messages.of(judged)) {
            producer.send(message, (sent, failure) -> {
                if (failure != null) {
                    refusal.compareAndSet(null, failure);
                }
            });
        }
    }

    @Override
    public void commit(long offset) {
        commit(new OffsetAndMetadata(offset));
    }

    @Override
    public void commit(long offset, CursorNote note) {
        commit(new OffsetAndMetadata(offset, note.text()));
    }

    private void commit(OffsetAndMetadata offset) {
        begin();
        producer.sendOffsetsToTransaction(Map.of(source, offset), group);
        producer.commitTransaction();
        open = false;
        var failure = refusal.get();
        if (failure != null) {
            throw new IllegalStateException("a message of a committed transaction was refused", failure);
        }
    }

    private void begin() {
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
    }

    /** An open transaction is left to the next owner's fence or to its time-out: aborting it could take seconds. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
