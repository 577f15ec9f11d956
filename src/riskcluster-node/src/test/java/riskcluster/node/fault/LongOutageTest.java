package riskcluster.node.fault;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An outage of five minutes, which other tests need not wait for. */
@Execution(ExecutionMode.CONCURRENT)
class LongOutageTest {

    /** Each is another node's. */
    @Test
    @Tag("full")
    void alertsGoOnWhilePostgresIsAwayFromOneNodeAndTheWarehouseFromAnotherForFiveMinutes(@TempDir Path folder)
            throws Exception {
        OutageRun.run(
                folder,
                300L * OutageRun.RECORDS_PER_SECOND,
                Map.of("postgres_away", OutageRun::database, "warehouse_away", OutageRun::warehouse));
    }
}
