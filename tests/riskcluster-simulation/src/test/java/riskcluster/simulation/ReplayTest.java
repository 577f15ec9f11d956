package riskcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import riskcluster.simulation.fault.Plant;

/** Shows one seed's run; only where a seed is named. */
class ReplayTest {

    @Test
    @EnabledIfSystemProperty(named = "seed", matches = "\\d+")
    void theRunOfASeedIsShownStepByStep() {
        long seed = Long.getLong("seed");
        var plant = Plant.valueOf(System.getProperty("plant", Plant.NONE.name()));
        var run = Seeds.onOneCarrier(() -> Simulation.run(seed, plant, true, true));
        run.trace().forEach(System.out::println);
        System.out.println(Replay.said(run));
        assertThat(run.violation()).isEmpty();
    }
}
