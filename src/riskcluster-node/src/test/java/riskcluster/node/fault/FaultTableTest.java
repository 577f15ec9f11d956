package riskcluster.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each recorded run is a line of its own under one heading. */
class FaultTableTest {

    @Test
    void runsAddUpUnderOneHeading(@TempDir Path project) throws Exception {
        Files.createDirectories(project.resolve("docs"));
        var table = FaultTable.of(project);
        var date = LocalDate.of(2026, 11, 21);

        table.add(new FaultTable.Line("test-faults", 7, 90_000, 25, 45_000, 0, 0, 12, 19, 41_000, 60, true), date);
        table.add(new FaultTable.Line("test-kill", 1, 200_000, 50, 9_000, 1, 2, -1, -1, -1, 12, false), date);

        assertThat(project.resolve("docs/faults.csv")).content().isEqualTo("""
            date,command,seed,minutes,faults,records,lost,doubled,failover_p50_ms,failover_p99_ms,recovery_ms,checks,result,note
            2026-11-21,test-faults,7,1.5,25,45000,0,0,12,19,41000,60,passed,
            2026-11-21,test-kill,1,3.3,50,9000,1,2,,,,12,failed,
            """);
    }
}
