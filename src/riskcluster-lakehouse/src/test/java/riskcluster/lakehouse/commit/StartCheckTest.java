package riskcluster.lakehouse.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.lakehouse.TestLake;

class StartCheckTest {

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void twoBatches() {
        lake = new TestLake(folder);
        assertThat(findings()).as("of a new lake").isEmpty();
        var committer = lake.committer();
        lake.seal(0, 10);
        committer.commitOnce();
        lake.seal(0, 5);
        committer.commitOnce();
        assertThat(findings()).as("of a lake in order").isEmpty();
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private List<String> findings() {
        return StartCheck.findings(lake.database, lake.catalog);
    }

    @Test
    void aDataCursorOlderThanASnapshotIsFound() {
        lake.execute("UPDATE rc_data_cursor SET position = 9");
        assertThat(findings())
                .anyMatch(each -> each.contains("data cursor of transactions/0 stands at 9")
                        && each.contains("snapshot of bronze.transactions")
                        && each.contains("before 15"));
    }

    @Test
    void batchesAndEpochsOlderThanASnapshotAreFound() {
        lake.execute("DELETE FROM rc_batch WHERE id = 2");
        lake.execute("UPDATE rc_epoch SET epoch = 0 WHERE scope = 'committer'");
        assertThat(findings())
                .anyMatch(each -> each.contains("newest batch in Postgres is 1") && each.contains("of batch 2"))
                .anyMatch(each -> each.contains("committer's epoch in Postgres is 0"));
    }

    @Test
    void aPointerOlderThanItsBatchIsFound() {
        lake.execute("UPDATE iceberg_tables SET metadata_location = previous_metadata_location"
                + " WHERE table_namespace = 'silver'");
        assertThat(findings()).singleElement().asString().contains("pointer of silver.transactions", "batch 2");
    }
}
