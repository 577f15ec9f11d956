package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.ledger.FieldTable;
import riskcluster.lakehouse.maintain.MaintenanceRun.Outcome;
import riskcluster.lakehouse.read.PinnedBatch;

class MaintenanceTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);

    @TempDir
    private Path folder;

    private TestLake lake;
    private Committer committer;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
        committer = lake.committer();
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void smallFilesBecomeOneWithTheSameRowsDownToTheLastColumn() {
        var records = List.of(
                Samples.decided(SOURCE, 0, Samples.DAY_ZERO_MICROS),
                Samples.bare(SOURCE, 1, Samples.DAY_ZERO_MICROS + 1),
                Samples.duplicate(SOURCE, 2, Samples.DAY_ZERO_MICROS + 2),
                Samples.rejected(SOURCE, 3, Samples.DAY_ZERO_MICROS + 3));
        lake.seal(SOURCE, records);
        committer.commitOnce();
        fill(3);
        var silver = Content.of(lake, Tables.SILVER_TRANSACTIONS);
        var bronze = Content.of(lake, Tables.BRONZE_TRANSACTIONS);

        var runs = Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4)));

        assertThat(runs).extracting(MaintenanceRun::kind).containsExactly("compaction", "compaction", "orphan sweep");
        assertThat(runs).extracting(MaintenanceRun::outcome).containsOnly(Outcome.DONE);
        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(file.splitOffsets()).hasSize(1));
        assertThat(Content.of(lake, Tables.SILVER_TRANSACTIONS)).isEqualTo(silver);
        assertThat(Content.of(lake, Tables.BRONZE_TRANSACTIONS)).isEqualTo(bronze);
    }

    @Test
    void filesFromBeforeAndAfterAColumnCameBecomeOne() {
        fill(2);
        var fields = FieldTable.record(lake.database, Map.of("channel", ExtraField.Kind.STRING));
        long offset = lake.end(SOURCE);
        var plain = Samples.decided(SOURCE, offset, Samples.DAY_ZERO_MICROS + offset);
        lake.seal(SOURCE, List.of(Samples.withExtras(plain, fields, new Object[] {"web"})));
        committer.commitOnce();
        fill(2);
        var silver = Content.of(lake, Tables.SILVER_TRANSACTIONS);
        var bronze = Content.of(lake, Tables.BRONZE_TRANSACTIONS);

        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4)));

        assertThat(files()).hasSize(1);
        assertThat(Content.of(lake, Tables.SILVER_TRANSACTIONS)).isEqualTo(silver);
        assertThat(Content.of(lake, Tables.BRONZE_TRANSACTIONS)).isEqualTo(bronze);
        assertThat(Content.rows(
                        PinnedBatch.newest(lake.database, lake.catalog),
                        "SELECT count(channel) || ' ' || max(channel) FROM silver.transactions"))
                .containsExactly("1 web");
    }

    @Test
    void largeRowGroupsAreCopiedAsTheyAre() {
        fill(4);
        var silver = Content.of(lake, Tables.SILVER_TRANSACTIONS);

        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4, 1)));

        assertThat(files()).singleElement().satisfies(file -> {
            assertThat(file.splitOffsets()).hasSize(4);
            assertThat(file.recordCount()).isEqualTo(80);
        });
        assertThat(Content.of(lake, Tables.SILVER_TRANSACTIONS)).isEqualTo(silver);
    }

    @Test
    void aCompactionCarriesBatchAndOffsetsOfTheSnapshotThatItReplaces() {
        fill(4);
        var before = lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot();

        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4)));

        var after = lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot();
        assertThat(after.snapshotId()).isNotEqualTo(before.snapshotId());
        assertThat(after.operation()).isEqualTo("replace");
        assertThat(after.summary())
                .containsEntry("rc.batch-id", "4")
                .containsEntry("rc.offsets", before.summary().get("rc.offsets"))
                .containsEntry("rc.maintenance-epoch", "1");
    }

    @Test
    void theRowsOfAClosedDayAreSortedOnceAndThoseOfTheOpenDayAreLeft() {
        lake.seal(1, 30);
        lake.seal(0, 30);
        committer.commitOnce();
        closeTheDay();
        var silver = Content.of(lake, Tables.SILVER_TRANSACTIONS);
        var maintenance = Upkeep.of(lake, committer, Upkeep.compaction(100));

        var runs = Upkeep.untilIdle(maintenance);

        assertThat(runs)
                .filteredOn(run -> run.kind().equals("compaction of a closed day"))
                .extracting(MaintenanceRun::table)
                .containsExactlyInAnyOrder("silver.transactions", "bronze.transactions");
        assertThat(runs).extracting(MaintenanceRun::outcome).containsOnly(Outcome.DONE);
        assertThat(Upkeep.untilIdle(maintenance)).as("sorted is sorted").isEmpty();
        assertThat(Content.of(lake, Tables.SILVER_TRANSACTIONS)).isEqualTo(silver);
        assertThat(files()).hasSize(4);
        assertThat(keys("SELECT customer_key FROM silver.transactions WHERE event_time < '2018-04-02'"))
                .hasSize(60)
                .isSorted();
        assertThat(keys("SELECT partition || '/' || lpad(\"offset\"::VARCHAR, 3, '0') FROM bronze.transactions"
                        + " WHERE event_time < '2018-04-02'"))
                .hasSize(60)
                .isSorted();
    }

    @Test
    void aClosedDayIsSortedPartByPartWithoutWaitingBetweenThem() {
        fill(3);
        closeTheDay();
        long bytesOfOne = files().getFirst().fileSizeInBytes();
        var maintenance = Upkeep.of(lake, committer, Upkeep.compaction(100).withTargetBytes(bytesOfOne));

        assertThat(Upkeep.untilIdle(maintenance))
                .filteredOn(run -> run.kind().equals("compaction of a closed day")
                        && run.table().equals("silver.transactions"))
                .extracting(MaintenanceRun::before, MaintenanceRun::after)
                .containsExactly(tuple(1, 1), tuple(1, 1), tuple(1, 1));
    }

    @Test
    void aBatchThatWasPinnedBeforeACompactionReadsTheSameRows() {
        fill(4);
        var before = PinnedBatch.at(lake.database, lake.catalog, 3).orElseThrow();
        var silver = Content.of(before, Tables.SILVER_TRANSACTIONS);

        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4)));

        var after = PinnedBatch.at(lake.database, lake.catalog, 3).orElseThrow();
        assertThat(Content.of(before, Tables.SILVER_TRANSACTIONS)).isEqualTo(silver);
        assertThat(Content.of(after, Tables.SILVER_TRANSACTIONS))
                .startsWith("60 rows")
                .isEqualTo(silver);
    }

    @Test
    void manifestsAreMergedWithoutAChangeOfFiles() {
        fill(5);
        var silver = Content.of(lake, Tables.SILVER_TRANSACTIONS);

        var runs = Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.manifests(4)));

        assertThat(runs).extracting(MaintenanceRun::kind).contains("manifest rewrite");
        assertThat(lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot().allManifests(lake.files))
                .hasSize(1);
        assertThat(Content.of(lake, Tables.SILVER_TRANSACTIONS)).isEqualTo(silver);
        lake.seal(0, 5);
        committer.commitOnce();
        lake.assertEverythingOnce();
    }

    private void fill(int batches) {
        for (int i = 0; i < batches; i++) {
            lake.seal(0, 20);
            committer.commitOnce();
        }
    }

    /** Batches with records of the next day. */
    private void closeTheDay() {
        for (int i = 0; i < 3; i++) {
            long from = lake.end(SOURCE);
            lake.seal(
                    SOURCE,
                    LongStream.range(from, from + 5)
                            .mapToObj(offset -> Samples.decided(
                                    SOURCE, offset, Samples.DAY_ZERO_MICROS + Samples.DAY_MICROS + offset))
                            .toList());
            committer.commitOnce();
        }
    }

    private List<DataFile> files() {
        return PinnedBatch.newest(lake.database, lake.catalog)
                .table(Tables.SILVER_TRANSACTIONS)
                .files();
    }

    private List<String> keys(String query) {
        return Content.rows(PinnedBatch.newest(lake.database, lake.catalog), query);
    }
}
