package riskcluster.node.fault;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Postgres and the warehouse are away for a while. */
@Execution(ExecutionMode.CONCURRENT) // it waits most of its time
class OutageTest {

    @Test
    void alertsGoOnWhilePostgresAndTheWarehouseAreAwayForTwentySeconds(@TempDir Path folder) throws Exception {
        OutageRun.run(folder, 20L * OutageRun.RECORDS_PER_SECOND, Map.of("outage", (config, away) -> {
            OutageRun.database(config, away);
            OutageRun.warehouse(config, away);
        }));
    }
}
