package riskcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import riskcluster.contracts.step.Step;
import riskcluster.lakehouse.maintain.MaintainSteps;
import riskcluster.simulation.fault.Fault;
import riskcluster.simulation.fault.Plant;
import riskcluster.simulation.world.InputTopic;

/** A thousand runs with faults of every kind, from the seeds 1 to 1,000. */
class SimulationTest {

    private static final int SEEDS = Integer.getInteger("seeds", 1_000);
    private static final int TIMES_MIN = 50;
    private static final int RECORDS_MIN = 200;
    private static final int FAULTS_MIN = 5;

    private static Seeds seeds;

    @BeforeAll
    static void runAThousandSeeds() {
        seeds = Seeds.run(1, 1 + SEEDS);
    }

    @Test
    void noSeedBreaksAnInvariant() {
        assertThat(seeds.report()).isEmpty();
    }

    @Test
    void everySeedHasFaultsEnough() {
        assertThat(seeds.faultsMin()).isGreaterThanOrEqualTo(FAULTS_MIN);
        assertThat(InputTopic.PARTITIONS * InputTopic.RECORDS_PER_PARTITION).isGreaterThanOrEqualTo(RECORDS_MIN);
        assertThat(InputTopic.PARTITIONS).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyKindOfFaultIsMetOften(Fault fault) {
        assertThat(seeds.of(fault)).as(seeds::toString).isGreaterThanOrEqualTo(TIMES_MIN);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aProcessDiesAtEveryStepOften(Step step) {
        assertThat(seeds.deathsAt(step)).as(seeds::toString).isGreaterThanOrEqualTo(TIMES_MIN);
    }

    @ParameterizedTest
    @EnumSource(MaintainSteps.Step.class)
    void aProcessDiesAtEveryStepOfMaintenanceOften(MaintainSteps.Step step) {
        assertThat(seeds.deathsAt(step)).as(seeds::toString).isGreaterThanOrEqualTo(TIMES_MIN);
    }

    @Test
    void anUndisturbedRunGivesWhatTheLogSays() {
        var run = Seeds.onOneCarrier(() -> Simulation.run(1, Plant.NONE, false, false));
        assertThat(run.violation()).isEmpty();
        assertThat(run.faultsMet()).isZero();
    }

    @Test
    void aSeedGivesTheSameRunAgain() {
        for (long seed = 1; seed <= 5; seed++) {
            long same = seed;
            var first = Seeds.onOneCarrier(() -> Simulation.run(same, Plant.NONE, true, true));
            var again = Seeds.onOneCarrier(() -> Simulation.run(same, Plant.NONE, true, true));
            assertThat(again.trace()).isEqualTo(first.trace());
        }
    }
}
