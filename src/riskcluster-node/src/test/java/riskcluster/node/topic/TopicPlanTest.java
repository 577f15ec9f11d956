package riskcluster.node.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.alert.TopicNames;

class TopicPlanTest {

    private static final WantedTopics WANTED =
            WantedTopics.of(TopicNames.of("transactions"), 12, (short) 3, Optional.of(Duration.ofDays(7)));

    /** Everything as it is wanted. */
    private static Map<String, FoundTopic> found() {
        var found = new HashMap<String, FoundTopic>();
        WANTED.all()
                .forEach(topic -> found.put(
                        topic.name(), new FoundTopic(topic.name(), "id", 12, 3, new HashMap<>(topic.settings()))));
        return found;
    }

    private static FoundTopic alerts(int partitions, int replication, Map<String, String> more) {
        var settings = new HashMap<>(found().get("alerts").settings());
        settings.putAll(more);
        return new FoundTopic("alerts", "id", partitions, replication, settings);
    }

    private static TopicPlan planWith(FoundTopic alerts) {
        var found = found();
        found.put("alerts", alerts);
        return TopicPlan.of(WANTED, found);
    }

    @Test
    void nothingIsToBeDoneWhereAllIsAsWanted() {
        assertThat(TopicPlan.of(WANTED, found()).isEmpty()).isTrue();
    }

    @Test
    void aMissingTopicIsMade() {
        var found = found();
        found.remove("transactions.dlq");

        assertThat(TopicPlan.of(WANTED, found).changes())
                .singleElement()
                .hasToString("make transactions.dlq: 12 partitions, 3 copies");
    }

    @Test
    void aSettingIsSetAndOthersAreLeftAlone() {
        var plan = planWith(alerts(12, 3, Map.of("retention.ms", "1000", "compression.type", "zstd")));

        assertThat(plan.changes()).singleElement().hasToString("set alerts: retention.ms from 1000 to 604800000");
    }

    @Test
    void aNumberOfPartitionsIsNeverChanged() {
        var plan = planWith(alerts(24, 3, Map.of()));

        assertThat(plan.isImpossible()).isTrue();
        assertThat(plan.changes().getFirst().toString()).startsWith("refuse alerts: it has 24 partitions");
    }

    @Test
    void tooFewCopiesAreNamedAndMoreAreFine() {
        assertThat(planWith(alerts(12, 2, Map.of())).isImpossible()).isTrue();
        assertThat(planWith(alerts(12, 4, Map.of())).isEmpty()).isTrue();
    }
}
