package riskcluster.node.privacy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.TopicConfig;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.node.topic.KafkaTopics;
import riskcluster.node.view.ProofView;

/** By when the topics' retention ends the copies that no erasure reaches. */
public final class TopicEnds {

    private TopicEnds() {}

    private static Map<String, String> holds(TopicNames names) {
        var holds = new LinkedHashMap<String, String>();
        holds.put(names.input(), "the records as they were sent");
        holds.put(names.deadLetters(), "rejected records");
        holds.put(names.alerts(), "alerts, with the raw id");
        holds.put(names.anomalyAlerts(), "anomalies, with the raw id");
        return holds;
    }

    /** @param last when the last copy can have been written by the cluster */
    public static List<ProofView.Topic> of(Admin admin, TopicNames names, Instant last) throws InterruptedException {
        var holds = holds(names);
        var settings = new KafkaTopics(admin).settingsOf(holds.keySet());
        var topics = new ArrayList<ProofView.Topic>();
        holds.forEach((topic, what) -> {
            var found = settings.get(topic);
            topics.add(
                    found == null
                            ? new ProofView.Topic(topic, what, "no such topic", "now")
                            : end(topic, what, found, last));
        });
        return topics;
    }

    /** Where Kafka is not asked. */
    public static List<ProofView.Topic> unknown(TopicNames names) {
        var topics = new ArrayList<ProofView.Topic>();
        holds(names)
                .forEach((topic, what) -> topics.add(
                        new ProofView.Topic(topic, what, "not asked", "give --config FILE to have the brokers asked")));
        return topics;
    }

    /** A segment that is still written to is not deleted before it is rolled. */
    private static ProofView.Topic end(String topic, String holds, Map<String, String> settings, Instant last) {
        String policy = settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "");
        long retention = Long.parseLong(settings.getOrDefault(TopicConfig.RETENTION_MS_CONFIG, "-1"));
        long segment = Long.parseLong(settings.getOrDefault(TopicConfig.SEGMENT_MS_CONFIG, "0"));
        if (retention < 0 || !policy.contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
            return new ProofView.Topic(
                    topic,
                    holds,
                    "kept for ever",
                    "never: set retention.ms, or delete its records with kafka-delete-records");
        }
        return new ProofView.Topic(
                topic,
                holds,
                Duration.ofMillis(retention).toString(),
                last.plusMillis(retention).plusMillis(segment).toString());
    }
}
