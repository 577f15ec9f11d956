package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import riskcluster.contracts.step.Step;
import riskcluster.node.fault.KillReport;
import riskcluster.node.fault.KillSettings;
import riskcluster.node.fault.KillTest;

/** A node that dies at any step of the protocol leaves what an undisturbed one leaves. */
class CrashPointsTest {

    private static final int PARTITIONS = 3;
    private static final int STEPS = Step.values().length;

    @Test
    @Tag("short")
    void deathAtEveryStepOnceAndFiveTimesAnywhereLeavesWhatAnUndisturbedRunLeavesSeed23(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        check(KillTest.runAtEveryStep(1, settings(STEPS + 5, 23, folder, false), System.out), 1);
    }

    /**
     * Twenty times in four lakes: a commit in a lake without maintenance costs more with each one before it, and with
     * gold several times more, so that one of them has it. Two at the same time, since a node that dies and comes back
     * also waits.
     */
    @ParameterizedTest(name = "seed {0}, gold {1}")
    @CsvSource({"115, true", "230, false", "345, false", "460, false"})
    @Execution(ExecutionMode.CONCURRENT)
    @Tag("full")
    void deathAtEveryStepFiveTimesLeavesWhatAnUndisturbedRunLeaves(
            long seed, boolean gold, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        check(KillTest.runAtEveryStep(5, settings(5 * STEPS, seed, folder, gold), System.out), 5);
    }

    private static KillSettings settings(int kills, long seed, Path folder, boolean gold) {
        return new KillSettings(kills, seed, 400, PARTITIONS, folder, gold);
    }

    private static void check(KillReport report, int times) {
        System.out.println(report.line().text(LocalDate.now()));
        report.findings().forEach(finding -> System.out.println("DIFFERENCE " + finding));
        var text = new ByteArrayOutputStream();
        report.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        assertThat(report.isClean()).as(text.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(Step.values())
                .allSatisfy(step -> assertThat(report.hitsByAim(step))
                        .as("deaths at %s", step)
                        .isEqualTo(times));
    }
}
