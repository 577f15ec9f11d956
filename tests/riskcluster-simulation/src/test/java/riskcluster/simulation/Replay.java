package riskcluster.simulation;

import java.util.List;
import riskcluster.simulation.fault.Plant;

/** A run once more, step by step. */
final class Replay {

    private static final int STEPS_SHOWN_MAX = 200;

    private Replay() {}

    /** The command that shows a run's steps. */
    static String command(long seed, Plant plant) {
        return "mvn -B -ntp test -pl tests/riskcluster-simulation -am -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dtest=ReplayTest -Dseed=" + seed + (plant == Plant.NONE ? "" : " -Dplant=" + plant);
    }

    /** The last steps of a run. */
    static List<String> steps(long seed, Plant plant) {
        var all = Seeds.onOneCarrier(() -> Simulation.run(seed, plant, true, true))
                .trace();
        return all.subList(Math.max(0, all.size() - STEPS_SHOWN_MAX), all.size());
    }

    static String said(Run run) {
        return "seed " + run.seed() + ": "
                + run.violation()
                        .map(violation -> violation.invariant() + ": " + violation.how())
                        .orElse("every invariant holds");
    }
}
