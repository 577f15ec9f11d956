package riskcluster.node.topic;

import java.util.Map;

/**
 * What a topic is like.
 *
 * @param id Kafka's own; a topic that was deleted and made anew has another one
 * @param replication of the partition that has the fewest copies
 */
record FoundTopic(String name, String id, int partitions, int replication, Map<String, String> settings) {

    FoundTopic {
        settings = Map.copyOf(settings);
    }
}
