package riskcluster.actors.alert;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.trace.LineFields;

/** Reads a partition's alert cursor: the group's offset, or, where Kafka has forgotten it, what was published last. */
final class AlertCursorInKafka {

    private static final Logger LOG = LoggerFactory.getLogger(AlertCursorInKafka.class);
    private static final long ANSWER_SECONDS_MAX = 30;
    private static final long UNSTABLE_MILLIS = 20;

    private final Map<String, Object> connection;
    private final Admin admin;
    private final TopicNames topics;
    private final String group;
    private final LogPartition source;
    private final Duration unstableMax;

    /** @param unstableMax how long a commit that is not visible yet is waited for, before it is seen as left behind */
    AlertCursorInKafka(
            Map<String, Object> connection,
            Admin admin,
            TopicNames topics,
            String group,
            LogPartition source,
            Duration unstableMax) {
        this.connection = connection;
        this.admin = admin;
        this.topics = topics;
        this.group = group;
        this.source = source;
        this.unstableMax = unstableMax;
    }

    /**
     * Waits for a commit that is decided but not yet visible: without that an alert would go out twice. Kafka leaves a
     * partition with such a commit out of its answer; one that it has forgotten is in it, without an offset.
     */
    Optional<OffsetAndMetadata> committed() {
        var partition = new TopicPartition(source.topic(), source.partition());
        long until = System.nanoTime() + unstableMax.toNanos();
        try {
            var offsets = ask(partition, true);
            while (!offsets.containsKey(partition)) {
                if (System.nanoTime() > until) {
                    return leftBehind(partition);
                }
                TimeUnit.MILLISECONDS.sleep(UNSTABLE_MILLIS);
                offsets = ask(partition, true);
            }
            return Optional.ofNullable(offsets.get(partition));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the alert cursor was read", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not tell the alert cursor of " + source, e);
        }
    }

    /**
     * A broker that was killed can come back, take a transaction for ended and never tell the group's log, whose commit
     * then stays undecided for ever. Since the producer was initialised none of ours is open; where none is open on the
     * topics either, what was published is all visible, and the cursor is behind the last of it. It is committed without
     * a transaction, so that it stands whatever becomes of the one that was left behind: the next one of this producer
     * ends it.
     */
    private Optional<OffsetAndMetadata> leftBehind(TopicPartition partition)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!ends(IsolationLevel.READ_COMMITTED).equals(ends(IsolationLevel.READ_UNCOMMITTED))) {
            throw new IllegalStateException(
                    "the alert cursor of " + source + " does not become stable, and a transaction"
                            + " is open on partition " + source.partition() + " of " + outputs()
                            + "; if it stays so, Kafka's kafka-transactions.sh find-hanging names it");
        }
        var known = ask(partition, false).get(partition);
        if (known == null) {
            return Optional.empty();
        }
        var reached = new OffsetAndMetadata(Math.max(known.offset(), lastPublished()), known.metadata());
        LOG.atWarn()
                .addKeyValue(LineFields.PARTITION, source.partition())
                .addKeyValue(LineFields.OFFSET, reached.offset())
                .log(
                        "Kafka has left a commit of the alert cursor of {} behind; the cursor stood at {} and is {} by"
                                + " what was published",
                        source,
                        known.offset(),
                        reached.offset());
        admin.alterConsumerGroupOffsets(group, Map.of(partition, reached))
                .all()
                .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        return Optional.of(reached);
    }

    private Map<TopicPartition, Long> ends(IsolationLevel level)
            throws InterruptedException, ExecutionException, TimeoutException {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        outputs().forEach(topic -> asked.put(new TopicPartition(topic, source.partition()), OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(asked, new ListOffsetsOptions(level))
                .all()
                .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private Map<TopicPartition, OffsetAndMetadata> ask(TopicPartition partition, boolean stable)
            throws InterruptedException, ExecutionException, TimeoutException {
        var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition));
        var options = new ListConsumerGroupOffsetsOptions().requireStable(stable);
        return admin.listConsumerGroupOffsets(Map.of(group, spec), options)
                .partitionsToOffsetAndMetadata(group)
                .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private List<String> outputs() {
        return List.of(topics.alerts(), topics.anomalyAlerts(), topics.deadLetters());
    }

    long lastPublished() {
        long last = 0;
        for (var topic : outputs()) {
            var tail = new TopicTail(connection, new TopicPartition(topic, source.partition()));
            last = Math.max(last, tail.lastRecord().map(Messages::sourceOffset).orElse(-1L) + 1);
        }
        return last;
    }
}
