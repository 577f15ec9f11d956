package riskcluster.node.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import riskcluster.contracts.alert.TopicNames;

/** The topics that dev, demo and tests make: without retention in time, one replica, as many partitions each. */
public final class Topics {
    /** The largest batch that the input takes, in bytes: 1 MiB and Kafka's own overhead. */
    public static final int INPUT_BATCH_BYTES_MAX = 1_048_588;

    /** A rejected record carries its reason in headers besides, so its topic takes more than the input. */
    public static final int DEAD_LETTER_BATCH_BYTES_MAX = INPUT_BATCH_BYTES_MAX + 65_536;

    /** An alert has its user id in the key too, and a character of the input may take six bytes in its JSON. */
    public static final int ALERT_BATCH_BYTES_MAX = 8 * INPUT_BATCH_BYTES_MAX;

    private static final short REPLICAS = 1;
    private static final int LOOKS_MAX = 300;
    private static final long LOOK_MILLIS = 50;

    private final Admin admin;

    /** @param admin stays the caller's, who closes it */
    public Topics(Admin admin) {
        this.admin = admin;
    }

    /**
     * Makes those of the four topics that do not exist; one that exists stays as it is.
     *
     * @param partitions of each of them; fixed for the topic's life
     */
    public void create(TopicNames names, int partitions) throws InterruptedException {
        var topics = new ArrayList<NewTopic>();
        topics.add(topic(names.input(), partitions, INPUT_BATCH_BYTES_MAX));
        topics.add(topic(names.alerts(), partitions, ALERT_BATCH_BYTES_MAX));
        topics.add(topic(names.anomalyAlerts(), partitions, ALERT_BATCH_BYTES_MAX));
        topics.add(topic(names.deadLetters(), partitions, DEAD_LETTER_BATCH_BYTES_MAX));
        for (var made : admin.createTopics(topics).values().entrySet()) {
            try {
                made.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new IllegalStateException("cannot make the topic " + made.getKey(), e.getCause());
                }
            }
        }
        awaitKnown(topics);
    }

    /** The controller has made them; the broker hears of it a moment later. */
    private void awaitKnown(List<NewTopic> topics) throws InterruptedException {
        var names = topics.stream().map(NewTopic::name).toList();
        for (int look = 0; look < LOOKS_MAX; look++) {
            try {
                if (admin.listTopics().names().get().containsAll(names)) {
                    return;
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("the broker does not tell its topics", e.getCause());
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IllegalStateException(
                "the broker does not know its new topics " + names + " after " + LOOKS_MAX * LOOK_MILLIS + " ms");
    }

    private static NewTopic topic(String name, int partitions, int batchBytesMax) {
        return new NewTopic(name, partitions, REPLICAS)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(batchBytesMax)));
    }
}
