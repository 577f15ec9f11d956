package riskcluster.actors.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import riskcluster.contracts.log.LogPartition;

/** The input topic in Kafka, read partition by partition, never through a consumer group. */
public final class KafkaInputLog implements InputLog {

    private static final int RECORDS_PER_POLL_MAX = 2_000;
    private static final int FETCH_BYTES_MAX = 1024 * 1024;
    private static final long ANSWER_SECONDS_MAX = 20;

    /** How old what a reader knows of the topic may be: so soon a changed number of partitions is noticed. */
    private static final int METADATA_MILLIS_MAX = 30_000;

    private final Map<String, Object> connection;
    private final Admin admin;
    private final int partitions;

    /** The topic with as many partitions as it has. */
    public KafkaInputLog(Map<String, Object> connection, Admin admin) {
        this(connection, admin, 0);
    }

    /**
     * @param connection bootstrap servers and security, as Kafka's clients name them
     * @param partitions that the topic must have; 0 for any number
     */
    public KafkaInputLog(Map<String, Object> connection, Admin admin, int partitions) {
        this.connection = Map.copyOf(connection);
        this.admin = admin;
        this.partitions = partitions;
    }

    @Override
    public String topicId(LogPartition source) {
        var topics = admin.describeTopics(List.of(source.topic())).allTopicNames();
        var described = answer(topics).get(source.topic());
        return Objects.requireNonNull(described, () -> "Kafka did not describe " + source.topic())
                .topicId()
                .toString();
    }

    @Override
    public long firstOffset(LogPartition source) {
        return offset(source, OffsetSpec.earliest());
    }

    @Override
    public long endOffset(LogPartition source) {
        return offset(source, OffsetSpec.latest());
    }

    private long offset(LogPartition source, OffsetSpec spec) {
        var partition = new TopicPartition(source.topic(), source.partition());
        return answer(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition))
                .offset();
    }

    @Override
    public void verify(LogPartition source, long reached, int leaderEpoch) {
        long end = endOffset(source);
        if (end < reached) {
            throw RangeMissing.cut(source, end, reached);
        }
        if (leaderEpoch >= 0 && reached > firstOffset(source)) {
            try (var reader = new KafkaLogReader(consumer(source), source, reached, leaderEpoch, 0)) {
                reader.verify();
            }
        }
    }

    @Override
    public LogReader open(LogPartition source, long from, int leaderEpoch) {
        return new KafkaLogReader(consumer(source), source, from, leaderEpoch, partitions);
    }

    private KafkaConsumer<byte[], byte[]> consumer(LogPartition source) {
        var settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL_MAX);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_MAX);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "riskcluster-" + source.topic() + "-" + source.partition());
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS_MAX);
        var bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(settings, bytes, bytes);
    }

    private static <T> T answer(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka was asked", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not answer: " + e.getMessage(), e);
        }
    }
}
