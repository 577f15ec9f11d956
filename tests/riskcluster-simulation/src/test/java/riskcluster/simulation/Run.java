package riskcluster.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import riskcluster.simulation.fault.Fault;
import riskcluster.simulation.fault.Violation;

/**
 * What one run came to.
 *
 * @param faults how often each fault was met
 * @param reached how often each step was reached
 * @param died how often a process died at each step
 * @param tasks how many things happened
 * @param endMicros when all had run dry, in virtual time
 * @param trace every step where it was asked for
 */
record Run(
        long seed,
        Optional<Violation> violation,
        Map<Fault, Integer> faults,
        Map<Enum<?>, Integer> reached,
        Map<Enum<?>, Integer> died,
        long tasks,
        long endMicros,
        List<String> trace) {

    int faultsMet() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }
}
