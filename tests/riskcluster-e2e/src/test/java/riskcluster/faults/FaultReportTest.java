package riskcluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The figures of a report are those of the partitions that were measured. */
class FaultReportTest {

    private static FaultReport report(List<Long> failoverMillis, List<String> findings) {
        var settings = new FaultSettings(Duration.ofSeconds(90), 7, 300, 6, true, Path.of("unused"));
        var recovery = new Recovery(Map.of("first alert", 41_000L, "every partition alerts", 44_000L));
        return new FaultReport(
                settings,
                Map.of("KILL", 3, "ZOMBIE", 2),
                Map.of(),
                1_000,
                0,
                0,
                failoverMillis,
                4,
                Recovery.NONE,
                recovery,
                Duration.ofSeconds(9),
                60,
                List.of(),
                findings,
                "");
    }

    @Test
    void aShareOfThePartitionsIsCountedFromTheShortestSilence() {
        var hundred = LongStream.rangeClosed(1, 100).boxed().toList();

        assertThat(report(hundred, List.of()).failover(0.5)).isEqualTo(50);
        assertThat(report(hundred, List.of()).failover(0.99)).isEqualTo(99);
        assertThat(report(List.of(13L, 14L), List.of()).failover(0.99)).isEqualTo(14);
        assertThat(report(List.of(), List.of()).failover(0.5)).isEqualTo(-1);
    }

    @Test
    void whatIsKeptOfARunIsWhatItFound() {
        var line = report(List.of(13L, 14L), List.of("something")).line();

        assertThat(line.faults()).isEqualTo(5);
        assertThat(line.failoverP50Millis()).isEqualTo(13);
        assertThat(line.recoveryMillis()).isEqualTo(41_000);
        assertThat(line.isClean()).isFalse();
    }
}
