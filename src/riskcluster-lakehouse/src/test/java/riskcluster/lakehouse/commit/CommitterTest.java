package riskcluster.lakehouse.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.CommitResult.Committed;
import riskcluster.lakehouse.commit.CommitResult.Nothing;

class CommitterTest {

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
    void aBatchMakesCheckpointsOfAllPartitionsVisibleInAllTablesAtOnce() {
        lake.seal(0, 5);
        lake.seal(1, 3);
        lake.seal(0, 2);

        var batch = committed(lake.committer().commitOnce());

        assertThat(batch.id()).isEqualTo(1);
        assertThat(batch.records()).isEqualTo(10);
        assertThat(batch.checkpoints()).isEqualTo(3);
        assertThat(batch.rows()).isEqualTo(Map.of("bronze.transactions", 10L, "silver.transactions", 10L));
        assertThat(batch.files()).isEqualTo(Map.of("bronze.transactions", 3, "silver.transactions", 3));
        assertThat(batch.advanced())
                .isEqualTo(Map.of(new LogPartition("transactions", 0), 7L, new LogPartition("transactions", 1), 3L));
        assertThat(batch.oldestSealedAt()).isBeforeOrEqualTo(batch.committedAt());
        lake.assertEverythingOnce();
        for (var table : List.of(Tables.BRONZE_TRANSACTIONS, Tables.SILVER_TRANSACTIONS)) {
            assertThat(lake.table(table).currentSnapshot().summary())
                    .containsEntry("rc.batch-id", "1")
                    .containsEntry("rc.epoch", "1")
                    .containsEntry("rc.offsets", "{\"transactions\":{\"0\":7,\"1\":3}}");
        }
        assertThat(lake.text("SELECT offsets FROM rc_batch")).isEqualTo("{\"transactions\":{\"0\":7,\"1\":3}}");
    }

    @Test
    void offsetsOfPartitionsThatDidNotMoveStayInEveryBatch() {
        var committer = lake.committer();
        lake.seal(0, 5);
        committer.commitOnce();
        lake.seal(11, 2);
        committer.commitOnce();

        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot().summary())
                .containsEntry("rc.offsets", "{\"transactions\":{\"0\":5,\"11\":2}}");
    }

    @Test
    void aTableWithoutRowsGetsNoSnapshotButStandsInTheBatch() {
        lake.seal(0, 1);
        lake.committer().commitOnce();

        assertThat(lake.table(Tables.BRONZE_REJECTED).currentSnapshot()).isNull();
        assertThat(lake.text("SELECT tables::json -> 'bronze.rejected' ->> 'metadata' FROM rc_batch"))
                .isEqualTo(lake.catalog.load(Tables.BRONZE_REJECTED).metadataFileLocation());
        assertThat(lake.text("SELECT tables::json -> 'bronze.rejected' ->> 'snapshot' FROM rc_batch"))
                .isNull();
    }

    @Test
    void whereNothingWaitsNothingIsWritten() {
        var committer = lake.committer();
        assertThat(committer.commitOnce()).isInstanceOf(Nothing.class);

        assertThat(lake.files.take()).isEmpty();
        assertThat(lake.count("SELECT count(*) FROM rc_batch")).isZero();
    }

    @Test
    void aCommitOfOneCheckpointCostsThreeWritesATableAndFromTheSecondOnOneReadAndOneLookAtALength() {
        var committer = lake.committer();
        lake.seal(0, 5);
        lake.files.take();
        committer.commitOnce();
        var first = new ArrayList<>(kinds(lake.files.take()));
        // the tables' metadata, read once in a committer's life
        for (int table = 0; table < Tables.ALL.size(); table++) {
            assertThat(first.remove("read metadata.json")).isTrue();
        }
        assertThat(first)
                .containsExactlyInAnyOrder(
                        "write manifest",
                        "write manifest",
                        "write manifest list",
                        "write manifest list",
                        "write metadata.json",
                        "write metadata.json");
        lake.seal(0, 5);
        lake.files.take();
        committer.commitOnce();
        assertThat(kinds(lake.files.take()))
                .containsExactlyInAnyOrder(
                        "length manifest list",
                        "length manifest list",
                        "read manifest list",
                        "read manifest list",
                        "write manifest",
                        "write manifest",
                        "write manifest list",
                        "write manifest list",
                        "write metadata.json",
                        "write metadata.json");
    }

    @Test
    void aCheckpointCostsOneWriteAndOneLookAtTheLengthForEachFile() {
        lake.seal(0, 5);

        assertThat(kinds(lake.files.take()))
                .containsExactlyInAnyOrder("write data", "write data", "length data", "length data");
    }

    @Test
    void everyFileOfACommitCarriesTheCommittersEpoch() {
        lake.seal(0, 1);
        lake.files.take();
        lake.committer().commitOnce();

        assertThat(lake.files.take())
                .filteredOn(asked -> asked.startsWith("write"))
                .isNotEmpty()
                .allMatch(asked -> asked.matches(".*\\b(committer|c)-e1-.*"));
    }

    @Test
    void checkpointsPastTheBoundWaitForTheNextBatchInTheirOrder() {
        for (int i = 0; i < 401; i++) {
            sealWithoutFiles(i);
        }
        var committer = lake.committer();

        assertThat(committed(committer.commitOnce()).advanced()).containsValue(400L);
        assertThat(committed(committer.commitOnce()).advanced()).containsValue(401L);
        assertThat(committer.commitOnce()).isInstanceOf(Nothing.class);
    }

    private void sealWithoutFiles(int number) {
        lake.execute("INSERT INTO rc_checkpoint (topic, partition, from_offset, to_offset, alert_noted,"
                + " watermark_micros, records, files, epoch) VALUES ('transactions', 0, " + number + ", "
                + (number + 1) + ", 0, 0, 0, '[]', 1)");
    }

    private static BatchSummary committed(CommitResult result) {
        assertThat(result).isInstanceOf(Committed.class);
        return ((Committed) result).batch();
    }

    /** What was asked of the store, by the kind of file. */
    private static List<String> kinds(List<String> asked) {
        return asked.stream().map(CommitterTest::kind).toList();
    }

    private static String kind(String asked) {
        String what = asked.substring(0, asked.indexOf(' ') + 1);
        if (asked.endsWith(".metadata.json")) {
            return what + "metadata.json";
        }
        if (asked.endsWith(".parquet")) {
            return what + "data";
        }
        return what + (asked.contains("snap-") ? "manifest list" : "manifest");
    }
}
