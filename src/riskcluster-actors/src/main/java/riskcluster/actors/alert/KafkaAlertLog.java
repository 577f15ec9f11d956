package riskcluster.actors.alert;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.contracts.log.LogPartition;

/** The alert topics in Kafka, one transactional producer for each partition of the input. */
public final class KafkaAlertLog implements AlertLog {

    /** An open transaction holds exact readers back, so it must not outlive its producer for long. */
    private static final int TRANSACTION_MILLIS_MAX = 15_000;

    /** More than a topic takes by default; where the topics take more, requests may be as large. */
    private static final int REQUEST_BYTES = 2 * 1024 * 1024;

    private static final int REQUEST_BYTES_MORE = 64 * 1024;
    private static final long ANSWER_SECONDS_MAX = 20;

    /** As long as a transaction may be open. */
    private static final Duration UNSTABLE_MAX = Duration.ofMillis(TRANSACTION_MILLIS_MAX);

    private static final int DELIVERY_MILLIS_MAX = 12_000;
    private static final int REQUEST_MILLIS_MAX = 5_000;

    private final Map<String, Object> connection;
    private final Admin admin;
    private final TopicNames topics;
    private final String cluster;
    private final Duration unstableMax;

    /** @param cluster the name that tells this cluster from others on the same brokers */
    public KafkaAlertLog(Map<String, Object> connection, Admin admin, TopicNames topics, String cluster) {
        this(connection, admin, topics, cluster, UNSTABLE_MAX);
    }

    /** @param unstableMax how long an opening waits for a commit that is not visible yet */
    public KafkaAlertLog(
            Map<String, Object> connection, Admin admin, TopicNames topics, String cluster, Duration unstableMax) {
        this.connection = Map.copyOf(connection);
        this.admin = admin;
        this.topics = topics;
        this.cluster = cluster;
        this.unstableMax = unstableMax;
    }

    @Override
    public AlertChannel open(LogPartition source) {
        var bytesMax = batchBytesMax(List.of(topics.alerts(), topics.anomalyAlerts(), topics.deadLetters()));
        var settings = new HashMap<>(connection);
        var id = "riskcluster." + cluster + "." + source.topic() + "." + source.partition();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, id);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS_MAX);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // right after a commit the broker may put the first batch off; a second one in flight would then be out of
        // order
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS_MAX);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS_MAX);
        settings.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Math.max(REQUEST_BYTES, Collections.max(bytesMax) + REQUEST_BYTES_MORE));
        var bytes = new ByteArraySerializer();
        var producer = new KafkaProducer<>(settings, bytes, bytes);
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
        var cursor = new AlertCursorInKafka(connection, admin, topics, group(source), source, unstableMax);
        var messages = new Messages(topics, cluster, bytesMax.get(0), bytesMax.get(1), bytesMax.get(2));
        return new KafkaAlertChannel(producer, cursor, messages, group(source), source);
    }

    /** Asked at each opening, so that a limit that was changed is noticed at the latest when it has hurt once. */
    private List<Integer> batchBytesMax(List<String> names) {
        var resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        try {
            var configs = admin.describeConfigs(resources).all().get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            return resources.stream()
                    .map(resource -> Objects.requireNonNull(configs.get(resource))
                            .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                            .value())
                    .map(Integer::valueOf)
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka was asked", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "Kafka did not tell how large a message " + names + " take: " + e.getMessage(), e);
        }
    }

    private String group(LogPartition source) {
        return group(cluster, source.topic());
    }

    /** The group whose offsets are the alert cursors of a cluster's partitions. */
    public static String group(String cluster, String topic) {
        return "riskcluster." + cluster + "." + topic;
    }
}
