package riskcluster.node.fault;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postgres and the warehouse are away for a while. */
class OutageTest {

    @Test
    void alertsGoOnWhilePostgresAndTheWarehouseAreAwayForTwentySeconds(@TempDir Path folder) throws Exception {
        OutageRun.run(folder, 20L * OutageRun.RECORDS_PER_SECOND, Map.of("outage", (config, away) -> {
            OutageRun.database(config, away);
            OutageRun.warehouse(config, away);
        }));
    }
}
