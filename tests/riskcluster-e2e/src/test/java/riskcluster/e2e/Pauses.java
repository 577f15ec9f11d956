package riskcluster.e2e;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import riskcluster.node.fault.TopicReader;

/** When each partition decided: the times at which its alerts were sent, milliseconds since 1970. */
record Pauses(Map<Integer, List<Long>> alerts) {

    static Pauses read(String bootstrap, String topic) {
        var alerts = new TreeMap<Integer, List<Long>>();
        new TopicReader(bootstrap, topic, IsolationLevel.READ_COMMITTED)
                .forEach(alert -> alerts.computeIfAbsent(alert.partition(), first -> new ArrayList<>())
                        .add(alert.timestamp()));
        return new Pauses(alerts);
    }

    /** The longest silence of each partition that began after {@code from} and before {@code until}. */
    Map<Integer, Long> between(Instant from, Instant until) {
        var longest = new TreeMap<Integer, Long>();
        alerts.forEach((partition, times) -> {
            for (int i = 1; i < times.size(); i++) {
                long before = times.get(i - 1);
                if (times.get(i) > from.toEpochMilli() && before < until.toEpochMilli()) {
                    longest.merge(partition, times.get(i) - before, Math::max);
                }
            }
        });
        return longest;
    }
}
