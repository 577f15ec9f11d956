package riskcluster.lakehouse.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.catalog.Warehouse;

class CommitterUpkeepTest {

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void oldMetadataFilesGoAfterTheirGraceAndNotBefore() throws Exception {
        var committer = lake.committer();
        for (int i = 0; i < 8; i++) {
            lake.seal(0, 1);
            committer.commitOnce();
        }
        var deletions =
                new DeferredDeletions(lake.database, lake.catalog.warehouse().io());
        String oldest = lake.text("SELECT path FROM rc_deferred_deletion WHERE path LIKE '%/silver/%00000-%'");
        assertThat(deletions.deleteDue()).isZero();
        assertThat(Warehouse.localPath(oldest)).exists();

        lake.execute("UPDATE rc_deferred_deletion SET not_before = now() - interval '1 second'");

        assertThat(deletions.deleteDue()).isPositive();
        assertThat(Warehouse.localPath(oldest)).doesNotExist();
        assertThat(lake.count("SELECT count(*) FROM rc_deferred_deletion")).isZero();
        lake.assertEverythingOnce();
        try (var metadata = Files.list(folder.resolve("silver/transactions/metadata"))) {
            assertThat(metadata.filter(file -> file.toString().endsWith(".metadata.json")))
                    .as("the newest and its five predecessors")
                    .hasSize(6);
        }
    }

    @Test
    void theCommitterDeletesWhatIsDueEveryTwentyBatches() {
        var committer = lake.committer();
        for (int i = 0; i < 19; i++) {
            lake.seal(0, 1);
            committer.commitOnce();
        }
        lake.execute("UPDATE rc_deferred_deletion SET not_before = now() - interval '1 second'");
        long due = lake.count("SELECT count(*) FROM rc_deferred_deletion");
        lake.files.take();
        lake.seal(0, 1);
        committer.commitOnce();

        assertThat(lake.files.take())
                .filteredOn(asked -> asked.startsWith("delete "))
                .hasSize((int) due)
                .allMatch(asked -> asked.endsWith(".metadata.json"));
    }

    @Test
    @Tag("full")
    void manifestsAreMergedBeforeTheyAreTooMany() {
        var committer = lake.committer();
        for (int i = 0; i < 103; i++) {
            lake.seal(0, 1);
            committer.commitOnce();
        }

        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot().allManifests(lake.files))
                .hasSizeLessThan(10);
        lake.assertEverythingOnce();
    }
}
