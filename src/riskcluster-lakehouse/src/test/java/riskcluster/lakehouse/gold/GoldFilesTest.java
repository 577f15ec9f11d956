package riskcluster.lakehouse.gold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.catalog.CatalogRows;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.CommitSteps.Step;
import riskcluster.lakehouse.ledger.Transactions;

/** Which files gold writes, and what it makes of those that others wrote. */
class GoldFilesTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);
    private static final long WINDOW_MICROS = 600_000_000;

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder, true);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void aTableToWhichABatchAddsNothingGetsNoSnapshot() {
        seal(0, 50, Samples.DAY_ZERO_MICROS);
        lake.committer().commitOnce();
        long snapshot = lake.table(Tables.GOLD_MERCHANT_10M).currentSnapshot().snapshotId();

        lake.seal(SOURCE, List.of(Samples.duplicate(SOURCE, 50, Samples.DAY_ZERO_MICROS)));
        lake.committer().commitOnce();

        assertThat(lake.table(Tables.GOLD_MERCHANT_10M).currentSnapshot().snapshotId())
                .isEqualTo(snapshot);
        assertThat(lake.text("SELECT tables::json -> 'gold.merchant_10m' ->> 'snapshot' FROM rc_batch WHERE id = 2"))
                .isEqualTo(Long.toString(snapshot));
    }

    @Test
    void aFileWhoseWindowsDoNotChangeIsNotWrittenAgain() {
        for (int window = 0; window < 40; window++) {
            seal(window * 300, 300, Samples.DAY_ZERO_MICROS + window * WINDOW_MICROS);
        }
        lake.committer().commitOnce();
        List<String> before = paths(Tables.GOLD_MERCHANT_10M);
        assertThat(before).hasSize(2);

        seal(40 * 300, 300, Samples.DAY_ZERO_MICROS + 39 * WINDOW_MICROS);
        lake.committer().commitOnce();

        List<String> after = paths(Tables.GOLD_MERCHANT_10M);
        assertThat(after).hasSize(2).containsAnyElementsOf(before).isNotEqualTo(before);
        assertThat(transactions(Tables.GOLD_MERCHANT_10M)).isEqualTo(41 * 300);
    }

    @Test
    void filesThatAnotherEngineRewroteInBetweenAreCarriedOnFromAsTheyAreNow() {
        seal(0, 50, Samples.DAY_ZERO_MICROS);
        lake.committer().commitOnce();
        boolean[] rewritten = {false};
        CommitSteps foreign = step -> {
            if (step == Step.METADATA_WRITTEN && !rewritten[0]) {
                rewritten[0] = true;
                rewrite(Tables.GOLD_MERCHANT_10M);
            }
        };
        var committer = lake.committer(lake.database, foreign);
        seal(50, 50, Samples.DAY_ZERO_MICROS);
        committer.commitOnce();
        seal(100, 50, Samples.DAY_ZERO_MICROS);
        committer.commitOnce();

        assertThat(rewritten[0]).isTrue();
        for (TableDefinition table :
                List.of(Tables.GOLD_MERCHANT_10M, Tables.GOLD_PAYMENT_METHOD_10M, Tables.GOLD_COUNTRY_10M)) {
            assertThat(transactions(table)).as(table.name()).isEqualTo(150);
        }
    }

    private void seal(long from, int count, long micros) {
        List<Judged> records = IntStream.range(0, count)
                .mapToObj(i -> Samples.decided(SOURCE, from + i, micros + i))
                .toList();
        lake.seal(SOURCE, records);
    }

    /** The table's one file under another name, as a compaction would do it. */
    private void rewrite(TableDefinition definition) {
        TableMetadata base = lake.catalog.load(definition);
        var staged = new StagedTable(lake.catalog.warehouse().io(), "foreign-e0", base);
        var table = new BaseTable(staged, definition.qualifiedName(), report -> {});
        DataFile old = files(definition).getFirst();
        String path = old.location().replace(".parquet", "-again.parquet");
        try {
            Files.copy(Warehouse.localPath(old.location()), Warehouse.localPath(path));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        DataFile copy = DataFiles.builder(table.spec()).copy(old).withPath(path).build();
        table.newRewrite().deleteFile(old).addFile(copy).commit();
        String next = staged.write().metadataFileLocation();
        assertThat(new Transactions(lake.database)
                        .<Boolean>run(
                                "move by a foreign engine",
                                connection ->
                                        CatalogRows.move(connection, definition, base.metadataFileLocation(), next)))
                .isTrue();
    }

    private List<DataFile> files(TableDefinition definition) {
        var files = new ArrayList<DataFile>();
        try (var tasks = lake.table(definition).newScan().includeColumnStats().planFiles()) {
            for (FileScanTask task : tasks) {
                files.add(task.file());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    private List<String> paths(TableDefinition definition) {
        return files(definition).stream().map(DataFile::location).sorted().toList();
    }

    private long transactions(TableDefinition definition) {
        long sum = 0;
        try (var rows = IcebergGenerics.read(lake.table(definition)).build()) {
            for (Record row : rows) {
                sum += (Long) row.getField("transactions");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return sum;
    }
}
