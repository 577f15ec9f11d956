package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.step.Step;
import riskcluster.node.fault.KillReport;
import riskcluster.node.fault.KillSettings;
import riskcluster.node.fault.KillTest;

/** A node that dies at any step of the protocol leaves what an undisturbed one leaves. */
class CrashPointsTest {

    private static final int PARTITIONS = 3;

    @Test
    void deathAtEveryStepOnceLeavesWhatAnUndisturbedRunLeavesSeed23(@TempDir Path folder) throws Exception {
        check(KillTest.runAtEveryStep(1, settings(1, 23, folder), System.out), 1);
    }

    @Test
    @Tag("full")
    void deathAtEveryStepTwentyTimesLeavesWhatAnUndisturbedRunLeavesSeed460(@TempDir Path folder) throws Exception {
        check(KillTest.runAtEveryStep(20, settings(20, 460, folder), System.out), 20);
    }

    private static KillSettings settings(int times, long seed, Path folder) {
        return new KillSettings(times * Step.values().length, seed, 400, PARTITIONS, folder);
    }

    private static void check(KillReport report, int times) {
        var text = new ByteArrayOutputStream();
        report.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        assertThat(report.isClean()).as(text.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(Step.values())
                .allSatisfy(step -> assertThat(report.hitsByAim(step))
                        .as("deaths at %s", step)
                        .isEqualTo(times));
    }
}
