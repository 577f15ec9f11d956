package riskcluster.node.topic;

import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.lakehouse.ledger.InputRecord;
import riskcluster.node.NodeConfig.Mode;

/** What a node refuses to start on: each of these would lose or repeat something later. */
public final class TopicCheck {

    private TopicCheck() {}

    /**
     * Looks at the four topics, and at what the first start has noted about them.
     *
     * @throws IllegalArgumentException with the topic, what it is like and what is allowed
     */
    public static void check(Admin admin, DataSource database, TopicNames topics, int partitions, Mode mode) {
        try {
            var names = List.of(topics.input(), topics.deadLetters(), topics.alerts(), topics.anomalyAlerts());
            var found = new KafkaTopics(admin).find(names);
            for (var name : names) {
                var topic = found.get(name);
                if (topic == null) {
                    throw new IllegalArgumentException(
                            "topic " + name + " is missing; `riskcluster topics apply` makes it");
                }
                check(topic, partitions, mode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka was asked for its topics", e);
        }
        int noted = InputRecord.partitions(database, topics.input(), partitions);
        if (noted != partitions) {
            throw new IllegalArgumentException("topic " + topics.input() + " has " + partitions
                    + " partitions, allowed: the " + noted
                    + " of the first start; with another number customers would live elsewhere than their history");
        }
    }

    private static void check(FoundTopic topic, int partitions, Mode mode) {
        if (topic.partitions() != partitions) {
            throw new IllegalArgumentException("topic " + topic.name() + " has " + topic.partitions()
                    + " partitions, allowed: the " + partitions + " of topics.partitions");
        }
        if (topic.replication() < mode.replicationMin()) {
            throw new IllegalArgumentException("topic " + topic.name() + " has " + topic.replication()
                    + " copies, allowed in production: " + mode.replicationMin() + " or more");
        }
    }
}
