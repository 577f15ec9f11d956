package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.faults.FaultReport;
import riskcluster.faults.FaultRun;
import riskcluster.faults.FaultSettings;

/** Three processes with real servers around them, broken by a seed, leave what the contract says. */
class RealFaultsTest {

    /** Three minutes with the start, the way back and the judge: every kind of fault once, and most twice. */
    @Test
    @Tag("short")
    void theJudgeFindsNothingWrongAfterEightySecondsOfFaultsSeed3(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        var report = FaultRun.run(new FaultSettings(Duration.ofSeconds(80), 3, 300, 6, false, folder), System.out);

        check(report);
        assertThat(report.struck()).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    @Tag("full")
    void theJudgeFindsNothingWrongAfterThreeMinutesOfFaultsSeed1(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        var report = FaultRun.run(new FaultSettings(Duration.ofMinutes(3), 1, 500, 6, true, folder), System.out);

        check(report);
        assertThat(report.struck()).hasSizeGreaterThanOrEqualTo(10);
    }

    private static void check(FaultReport report) {
        System.out.println(report.line().text(LocalDate.now()));
        var text = new ByteArrayOutputStream();
        report.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        System.out.println(text.toString(StandardCharsets.UTF_8));
        assertThat(report.isClean()).as(text.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(report.records()).isPositive();
        assertThat(report.lost()).isZero();
        assertThat(report.doubled()).isZero();
    }
}
