package riskcluster.node.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import riskcluster.contracts.alert.TopicNames;

/** The topics in Kafka: what they are like, and changes to them. */
public final class KafkaTopics {

    private static final Duration LEADERS_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Admin admin;

    /** @param admin stays the caller's, who closes it */
    public KafkaTopics(Admin admin) {
        this.admin = admin;
    }

    /** Those of these topics that exist, by name. */
    Map<String, FoundTopic> find(Collection<String> names) throws InterruptedException {
        var described = new HashMap<String, TopicDescription>();
        for (var asked : admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                described.put(asked.getKey(), asked.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw unanswered(e);
                }
            }
        }
        var settings = settings(described.keySet());
        return described.values().stream()
                .map(topic -> found(topic, Objects.requireNonNull(settings.get(resource(topic.name())))))
                .collect(Collectors.toMap(FoundTopic::name, topic -> topic));
    }

    /** The settings of those of these topics that exist, by name. */
    public Map<String, Map<String, String>> settingsOf(Collection<String> names) throws InterruptedException {
        var settings = new HashMap<String, Map<String, String>>();
        find(names).forEach((name, topic) -> settings.put(name, topic.settings()));
        return settings;
    }

    private Map<ConfigResource, Config> settings(Collection<String> names) throws InterruptedException {
        return answer(
                admin.describeConfigs(names.stream().map(KafkaTopics::resource).toList())
                        .all());
    }

    private static FoundTopic found(TopicDescription topic, Config settings) {
        int replication = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        return new FoundTopic(
                topic.name(),
                topic.topicId().toString(),
                topic.partitions().size(),
                replication,
                settings.entries().stream()
                        .filter(entry -> entry.value() != null)
                        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
    }

    /** What has to be done so that the topics are as they should be. */
    public TopicPlan plan(WantedTopics wanted) throws InterruptedException {
        return TopicPlan.of(
                wanted, find(wanted.all().stream().map(WantedTopic::name).toList()));
    }

    /** Makes what is missing and sets what differs; a plan with something impossible is refused as a whole. */
    public void apply(TopicPlan plan) throws InterruptedException {
        if (plan.isImpossible()) {
            throw new IllegalArgumentException("nothing is changed, since not all of it can be");
        }
        var made = new ArrayList<NewTopic>();
        var set = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        for (var change : plan.changes()) {
            switch (change) {
                case TopicChange.Make(var wanted) ->
                    made.add(new NewTopic(wanted.name(), wanted.partitions(), wanted.replication())
                            .configs(wanted.settings()));
                case TopicChange.Set(var topic, var setting, var found, var wanted) ->
                    set.computeIfAbsent(resource(topic), first -> new ArrayList<>())
                            .add(new AlterConfigOp(new ConfigEntry(setting, wanted), AlterConfigOp.OpType.SET));
                case TopicChange.Impossible impossible -> {} // not in this plan
            }
        }
        if (!made.isEmpty()) {
            answer(admin.createTopics(made).all());
            awaitLeaders(made);
        }
        if (!set.isEmpty()) {
            answer(admin.incrementalAlterConfigs(set).all());
        }
    }

    /**
     * Makes those of the four topics that do not exist, with one copy and kept for ever; one that exists stays as it
     * is.
     *
     * @param partitions of each of them; fixed for the topic's life
     */
    public void createMissing(TopicNames names, int partitions) throws InterruptedException {
        var wanted = WantedTopics.of(names, partitions, (short) 1, Optional.empty());
        apply(new TopicPlan(plan(wanted).changes().stream()
                .filter(TopicChange.Make.class::isInstance)
                .toList()));
    }

    /**
     * Returns when the leader of every partition answers: a producer that comes before it can see its first batch
     * refused and the second taken, and then asks with the first for ever.
     */
    private void awaitLeaders(Collection<NewTopic> made) throws InterruptedException {
        var ends = new HashMap<TopicPartition, OffsetSpec>();
        for (var topic : made) {
            for (int partition = 0; partition < topic.numPartitions(); partition++) {
                ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        long until = System.nanoTime() + LEADERS_MAX.toNanos();
        while (true) {
            try {
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException e) {
                // the controller has made them; the brokers hear of it a moment later
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > until) {
                    throw unanswered(e);
                }
                Thread.sleep(LOOK_EVERY);
            }
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw unanswered(e);
        }
    }

    private static IllegalStateException unanswered(ExecutionException failure) {
        var cause = failure.getCause();
        return new IllegalStateException("Kafka refuses: " + (cause == null ? failure : cause).getMessage(), failure);
    }
}
