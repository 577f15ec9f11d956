package riskcluster.node.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What has to be done so that the topics are as they should be. */
public record TopicPlan(List<TopicChange> changes) {

    public TopicPlan {
        changes = List.copyOf(changes);
    }

    /** @param found the topics that exist, by name */
    static TopicPlan of(WantedTopics wanted, Map<String, FoundTopic> found) {
        var changes = new ArrayList<TopicChange>();
        for (var topic : wanted.all()) {
            var there = found.get(topic.name());
            if (there == null) {
                changes.add(new TopicChange.Make(topic));
            } else {
                compare(topic, there, changes);
            }
        }
        return new TopicPlan(changes);
    }

    private static void compare(WantedTopic wanted, FoundTopic found, List<TopicChange> changes) {
        if (found.partitions() != wanted.partitions()) {
            changes.add(new TopicChange.Impossible(
                    wanted.name(),
                    "it has " + found.partitions() + " partitions, the configuration says " + wanted.partitions()
                            + "; the number is fixed for a topic's life, since it decides where a customer lives"));
        }
        if (found.replication() < wanted.replication()) {
            changes.add(new TopicChange.Impossible(
                    wanted.name(),
                    "it has " + found.replication() + " copies, the configuration says " + wanted.replication()
                            + "; kafka-reassign-partitions adds copies"));
        }
        new TreeMap<>(wanted.settings()).forEach((setting, value) -> {
            var there = found.settings().getOrDefault(setting, "nothing");
            if (!there.equals(value)) {
                changes.add(new TopicChange.Set(wanted.name(), setting, there, value));
            }
        });
    }

    /** Whether all is as it should be. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Whether some of it must be refused. */
    public boolean isImpossible() {
        return changes.stream().anyMatch(TopicChange.Impossible.class::isInstance);
    }
}
