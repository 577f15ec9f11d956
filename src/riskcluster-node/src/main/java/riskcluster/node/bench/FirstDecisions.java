package riskcluster.node.bench;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.step.Steps;

/** When each partition of this process scored its first records, in seconds since the process began. */
final class FirstDecisions implements Steps {

    private static final double MILLIS_PER_SECOND = 1e3;

    private final int partitions;
    private final Map<String, Double> seconds = new ConcurrentHashMap<>();

    FirstDecisions(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public void reached(String scope, Step step) {
        if (step == Step.SCORED && !seconds.containsKey(scope)) {
            seconds.putIfAbsent(scope, secondsSinceStart());
        }
    }

    /** When the first of them did. */
    double firstSeconds() {
        return known().values().stream().mapToDouble(each -> each).min().orElseThrow();
    }

    /** When the last of them did. */
    double lastSeconds() {
        return known().values().stream().mapToDouble(each -> each).max().orElseThrow();
    }

    private Map<String, Double> known() {
        if (seconds.size() != partitions) {
            throw new IllegalStateException("of " + partitions + " partitions have decided: " + seconds.keySet());
        }
        return seconds;
    }

    /** How long the process is there, the start of the Java machine included. */
    static double secondsSinceStart() {
        var began = ManagementFactory.getRuntimeMXBean().getStartTime();
        return (System.currentTimeMillis() - began) / MILLIS_PER_SECOND;
    }
}
