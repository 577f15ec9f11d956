package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.faults.FaultReport;
import riskcluster.faults.FaultRun;
import riskcluster.faults.FaultSettings;

/** Three processes with real servers around them, broken by a seed, leave what the contract says. */
class RealFaultsTest {

    @Test
    @Tag("full") // on two busy cores, catching up after all nodes have died takes minutes
    void theJudgeFindsNothingWrongAfterAMinuteOfFaultsSeed1(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        check(FaultRun.run(new FaultSettings(Duration.ofSeconds(60), 1, 300, 6, true, folder), System.out));
    }

    @Test
    @Tag("full")
    void theJudgeFindsNothingWrongAfterTenMinutesOfFaultsSeed2(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        check(FaultRun.run(new FaultSettings(Duration.ofMinutes(10), 2, 300, 6, true, folder), System.out));
    }

    private static void check(FaultReport report) {
        var text = new ByteArrayOutputStream();
        report.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        System.out.println(text.toString(StandardCharsets.UTF_8));
        assertThat(report.isClean()).as(text.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(report.records()).isPositive();
        assertThat(report.lost()).isZero();
        assertThat(report.doubled()).isZero();
        assertThat(report.faults()).isGreaterThan(10);
    }
}
