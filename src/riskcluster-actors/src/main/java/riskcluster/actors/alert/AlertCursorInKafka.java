package riskcluster.actors.alert;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.contracts.log.LogPartition;

/** Reads a partition's alert cursor: the group's offset, or, where Kafka has forgotten it, what was published last. */
final class AlertCursorInKafka {

    private static final long ANSWER_SECONDS_MAX = 30;
    private static final long UNSTABLE_MILLIS = 20;

    private final Map<String, Object> connection;
    private final Admin admin;
    private final TopicNames topics;
    private final String group;
    private final LogPartition source;

    AlertCursorInKafka(
            Map<String, Object> connection, Admin admin, TopicNames topics, String group, LogPartition source) {
        this.connection = connection;
        this.admin = admin;
        this.topics = topics;
        this.group = group;
        this.source = source;
    }

    /**
     * Waits for a commit that is decided but not yet visible: without that an alert would go out twice. Kafka leaves a
     * partition with such a commit out of its answer; one that it has forgotten is in it, without an offset.
     */
    Optional<OffsetAndMetadata> committed() {
        var partition = new TopicPartition(source.topic(), source.partition());
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS_MAX);
        try {
            var offsets = ask(partition);
            while (!offsets.containsKey(partition)) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("the alert cursor of " + source + " does not become stable");
                }
                TimeUnit.MILLISECONDS.sleep(UNSTABLE_MILLIS);
                offsets = ask(partition);
            }
            return Optional.ofNullable(offsets.get(partition));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the alert cursor was read", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not tell the alert cursor of " + source, e);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> ask(TopicPartition partition)
            throws InterruptedException, ExecutionException, TimeoutException {
        var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition));
        var options = new ListConsumerGroupOffsetsOptions().requireStable(true);
        return admin.listConsumerGroupOffsets(Map.of(group, spec), options)
                .partitionsToOffsetAndMetadata(group)
                .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    long lastPublished() {
        long last = 0;
        for (var topic : List.of(topics.alerts(), topics.anomalyAlerts(), topics.deadLetters())) {
            var tail = new TopicTail(connection, new TopicPartition(topic, source.partition()));
            last = Math.max(last, tail.lastRecord().map(Messages::sourceOffset).orElse(-1L) + 1);
        }
        return last;
    }
}
