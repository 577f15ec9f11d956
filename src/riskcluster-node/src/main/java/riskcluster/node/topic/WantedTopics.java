package riskcluster.node.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import riskcluster.contracts.alert.TopicNames;

/** What the four topics should be like. */
public record WantedTopics(List<WantedTopic> all) {

    /** The largest batch that the input takes, in bytes: a record of 1 MiB and Kafka's own overhead. */
    public static final int INPUT_BATCH_BYTES_MAX = 1_048_588;

    /** A dead letter is a whole record and headers that say why: one that does not fit stops its partition. */
    private static final int DEAD_LETTER_BATCH_BYTES_MAX = INPUT_BATCH_BYTES_MAX + 65_536;

    /** An alert has its user id in the key too, and a character of the input may take six bytes in its JSON. */
    private static final int ALERT_BATCH_BYTES_MAX = 8 * INPUT_BATCH_BYTES_MAX;

    private static final String FOREVER = "-1";

    public WantedTopics {
        all = List.copyOf(all);
    }

    /**
     * Input, dead letters, alerts and anomalies, with as many partitions each.
     *
     * @param retention how long records stay; empty is for ever
     */
    public static WantedTopics of(TopicNames names, int partitions, short replication, Optional<Duration> retention) {
        return new WantedTopics(Stream.of(names.input(), names.deadLetters(), names.alerts(), names.anomalyAlerts())
                .map(name -> new WantedTopic(
                        name, partitions, replication, settings(batchBytesMax(names, name), replication, retention)))
                .toList());
    }

    private static int batchBytesMax(TopicNames names, String name) {
        if (name.equals(names.input())) {
            return INPUT_BATCH_BYTES_MAX;
        }
        return name.equals(names.deadLetters()) ? DEAD_LETTER_BATCH_BYTES_MAX : ALERT_BATCH_BYTES_MAX;
    }

    private static Map<String, String> settings(int batchBytesMax, short replication, Optional<Duration> retention) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                        retention.map(time -> Long.toString(time.toMillis())).orElse(FOREVER),
                TopicConfig.RETENTION_BYTES_CONFIG, FOREVER,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(batchBytesMax),
                // a record counts as written when all copies but one have it
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(Math.max(1, replication - 1)));
    }
}
