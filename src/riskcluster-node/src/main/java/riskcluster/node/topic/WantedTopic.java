package riskcluster.node.topic;

import java.util.Map;

/**
 * What a topic should be like.
 *
 * @param settings by Kafka's own names; others are left as they are
 */
public record WantedTopic(String name, int partitions, short replication, Map<String, String> settings) {

    public WantedTopic {
        settings = Map.copyOf(settings);
    }
}
