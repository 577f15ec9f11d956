package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.read.PinnedBatch;

class MaintenanceTest {

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
    void smallFilesBecomeOneWithTheSameRows() {
        var committer = lake.committer();
        for (int i = 0; i < 4; i++) {
            lake.seal(i % 2, 20);
            committer.commitOnce();
        }

        var runs = Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4)));

        assertThat(runs).extracting(MaintenanceRun::kind).containsExactly("compaction", "compaction", "orphan sweep");
        assertThat(runs).extracting(MaintenanceRun::outcome).containsOnly(MaintenanceRun.Outcome.DONE);
        assertThat(PinnedBatch.newest(lake.database, lake.catalog)
                        .table(Tables.SILVER_TRANSACTIONS)
                        .files())
                .hasSize(1);
        lake.assertEverythingOnce();
    }

    @Test
    void aCompactionCarriesBatchAndOffsetsOfTheSnapshotThatItReplaces() {
        var committer = lake.committer();
        for (int i = 0; i < 4; i++) {
            lake.seal(0, 20);
            committer.commitOnce();
        }
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
    void theRowsOfAClosedDayAreSortedOnce() {
        var committer = lake.committer();
        var source = new LogPartition("transactions", 0);
        lake.seal(1, 30);
        lake.seal(0, 30);
        committer.commitOnce();
        for (int i = 0; i < 3; i++) {
            long from = lake.end(source);
            lake.seal(source, LongStream.range(from, from + 5)
                    .mapToObj(offset ->
                            Samples.decided(source, offset, Samples.DAY_ZERO_MICROS + Samples.DAY_MICROS + offset))
                    .toList());
            committer.commitOnce();
        }
        var maintenance = Upkeep.of(lake, committer, Upkeep.compaction(100));

        var runs = Upkeep.untilIdle(maintenance);

        assertThat(runs)
                .extracting(MaintenanceRun::table, MaintenanceRun::kind)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("silver.transactions", "compaction of a closed day"),
                        org.assertj.core.groups.Tuple.tuple("bronze.transactions", "compaction of a closed day"));
        assertThat(Upkeep.untilIdle(maintenance)).isEmpty();
        lake.assertEverythingOnce();
        assertThat(lake.coordinates(Tables.BRONZE_TRANSACTIONS).stream()
                        .filter(List.copyOf(expected())::contains)
                        .toList())
                .isNotEmpty();
    }

    private static List<String> expected() {
        return LongStream.range(0, 30).mapToObj(offset -> "0/" + offset).toList();
    }

    @Test
    void aBatchThatWasPinnedBeforeACompactionReadsTheSameRows() {
        var committer = lake.committer();
        for (int i = 0; i < 4; i++) {
            lake.seal(0, 20);
            committer.commitOnce();
        }
        var pinned = PinnedBatch.at(lake.database, lake.catalog, 3).orElseThrow();
        var files = pinned.table(Tables.SILVER_TRANSACTIONS).files();

        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4)));

        var again = PinnedBatch.at(lake.database, lake.catalog, 3).orElseThrow().table(Tables.SILVER_TRANSACTIONS);
        assertThat(again.files()).hasSameSizeAs(files);
        assertThat(again.statistics().rows()).isEqualTo(60);
    }
}
