package riskcluster.node.savepoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import riskcluster.actors.alert.KafkaAlertLog;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.ledger.SavepointTable;
import riskcluster.node.NodeConfig;

/** What Kafka still has of what a restore would read again, and how far alerts have been sent. */
final class KafkaReach implements AutoCloseable {

    private static final long ANSWER_SECONDS_MAX = 20;

    private final NodeConfig config;
    private final Admin admin;

    KafkaReach(NodeConfig config) {
        this.config = config;
        this.admin = Admin.create(config.kafka().connection());
    }

    /** Why the records after these places cannot all be read again; empty where they can. */
    Optional<String> missing(List<SavepointTable.Place> places) {
        var described = answer(admin.describeTopics(places.stream()
                        .map(place -> place.source().topic())
                        .distinct()
                        .toList())
                .allTopicNames());
        var first = answer(admin.listOffsets(places.stream()
                        .collect(Collectors.toMap(place -> of(place.source()), place -> OffsetSpec.earliest())))
                .all());
        for (var place : places) {
            var topic = place.source().topic();
            var id = Objects.requireNonNull(described.get(topic)).topicId().toString();
            if (!id.equals(place.topicId())) {
                return Optional.of("topic " + topic + " was deleted and made anew since");
            }
            long begins = Objects.requireNonNull(first.get(of(place.source()))).offset();
            if (begins > place.data()) {
                return Optional.of(place.source() + " begins at " + begins + ", the savepoint ends at " + place.data()
                        + ": what lies between is in the tables of today and nowhere else");
            }
        }
        return Optional.empty();
    }

    /** The alert cursors; a partition that Kafka has forgotten is missing. */
    Map<LogPartition, Long> alertCursors(List<SavepointTable.Place> places) {
        var cursors = new HashMap<LogPartition, Long>();
        places.stream()
                .map(place -> place.source().topic())
                .distinct()
                .forEach(topic -> answer(admin.listConsumerGroupOffsets(KafkaAlertLog.group(config.cluster(), topic))
                                .partitionsToOffsetAndMetadata())
                        .forEach((partition, offset) -> {
                            if (offset != null && partition.topic().equals(topic)) {
                                cursors.put(new LogPartition(topic, partition.partition()), offset.offset());
                            }
                        }));
        return cursors;
    }

    private static TopicPartition of(LogPartition source) {
        return new TopicPartition(source.topic(), source.partition());
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka was asked", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
