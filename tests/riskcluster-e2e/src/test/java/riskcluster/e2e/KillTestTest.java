package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.step.Step;
import riskcluster.node.fault.KillReport;
import riskcluster.node.fault.KillSettings;
import riskcluster.node.fault.KillTest;

/** A node that is killed at drawn times while records flow leaves what an undisturbed one leaves. */
class KillTestTest {

    private static final int PARTITIONS = 3;

    @Test
    @Tag("full")
    void fiftyKillsHitEveryStepBetweenSealingAndCommitSeed50(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        var report = KillTest.run(new KillSettings(50, 50, 1_000, PARTITIONS, folder), System.out);

        System.out.println(report.line().text(LocalDate.now()));
        report.findings().forEach(finding -> System.out.println("DIFFERENCE " + finding));
        assertThat(report.isClean()).as(text(report)).isTrue();
        assertThat(EnumSet.range(Step.FILES_CLOSED, Step.AFTER_COMMIT)).allMatch(step -> report.hits(step) > 0);
    }

    private static String text(KillReport report) {
        var text = new ByteArrayOutputStream();
        report.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        return text.toString(StandardCharsets.UTF_8);
    }
}
