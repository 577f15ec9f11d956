package riskcluster.lakehouse.gold;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.TableMetadataParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.LosingDatabase;
import riskcluster.lakehouse.LosingDatabase.Fate;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.StarRecords;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.catalog.IcebergTables;
import riskcluster.lakehouse.commit.CommitResult;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.CommitSteps.Step;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.ledger.LedgerFailure;
import riskcluster.lakehouse.maintain.Upkeep;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.RowList;

/** Facts and dimensions against silver and against each other, whatever becomes of commits and files. */
class StarTablesTest {

    private static final long DAY_MICROS = Samples.DAY_MICROS;
    private static final Map<String, String> KEYS = Map.of(
            "dim_customer", "dim_customer_key",
            "dim_merchant", "dim_merchant_key",
            "dim_device", "dim_device_key",
            "dim_country", "dim_country_key",
            "dim_date", "dim_date_key");

    @TempDir
    private Path folder;

    private TestLake lake;
    private final StarRecords star = new StarRecords();
    private final Random random = new Random(7);

    @BeforeEach
    void open() {
        lake = new TestLake(folder, true);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void keysHoldAndEachMemberStandsThereOnceThroughLostCommitsFailoversAndCompaction() {
        Committer committer = flaky();
        var upkeep = new ArrayList<String>();
        for (int batch = 0; batch < 8; batch++) {
            for (int partition = 0; partition < 2; partition++) {
                seal(new LogPartition("transactions", partition), batch, 20 + random.nextInt(60));
            }
            drain(committer);
            if (batch % 3 == 2) {
                committer = flaky();
            }
            if (batch == 5) {
                committer = lake.committer();
                Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.everything()))
                        .forEach(run -> upkeep.add(run.kind() + " of " + run.table()));
            }
        }

        assertThat(upkeep).contains("compaction of gold.dim_merchant", "compaction of gold.dim_customer");
        var wrong = new StringBuilder("SELECT concat_ws(',', (SELECT count(*) FROM gold.fact_transaction)"
                + " - (SELECT count(*) FROM silver.transactions), (SELECT count(*) FROM gold.dim_customer)"
                + " - (SELECT count(DISTINCT customer_key) FROM silver.transactions)");
        KEYS.forEach((dimension, key) -> {
            wrong.append(", (SELECT count(*) FROM gold.fact_transaction ANTI JOIN gold.");
            wrong.append(dimension).append(" USING (").append(key);
            wrong.append(")), (SELECT count(*) FROM gold.").append(dimension).append(") - (SELECT count(DISTINCT ");
            wrong.append(key).append(") FROM gold.fact_transaction)");
        });
        assertThat(one(wrong + ")"))
                .as("facts and customers too many, facts without a dimension, members without a fact")
                .isEqualTo("0,0" + ",0,0".repeat(KEYS.size()));
    }

    @Test
    void factsSayWhatSilverSaysAndPointToWhatSilverNames() {
        seal(new LogPartition("transactions", 0), 0, 300);
        lake.seal(
                new LogPartition("transactions", 0),
                List.of(
                        star.of(Samples.bare(new LogPartition("transactions", 0), 300, Samples.DAY_ZERO_MICROS)),
                        Samples.duplicate(new LogPartition("transactions", 0), 301, Samples.DAY_ZERO_MICROS)));
        lake.committer().commitOnce();

        String taken =
                "transaction_id, event_time, amount, currency, payment_method, points, band, probability, is_late,"
                        + " source_topic, source_partition, source_offset";
        String made = "SELECT " + taken + ", customer_key, merchant, device_key, country, epoch_us(day_start)"
                + " FROM gold.fact_transaction JOIN gold.dim_customer USING (dim_customer_key)"
                + " JOIN gold.dim_merchant USING (dim_merchant_key) JOIN gold.dim_device USING (dim_device_key)"
                + " JOIN gold.dim_country USING (dim_country_key) JOIN gold.dim_date USING (dim_date_key)";
        String sources =
                "fact_transaction.source_topic, fact_transaction.source_partition," + " fact_transaction.source_offset";
        made = made.replace("source_topic, source_partition, source_offset", sources);
        String defined = "SELECT " + taken + ", customer_key, merchant, device_key, country,"
                + " epoch_us(event_time) // 86400000000 * 86400000000 FROM silver.transactions";
        assertThat(one("SELECT count(*) FROM (" + made + ")")).isEqualTo("301");
        assertThat(one("SELECT count(*) FROM (" + made + " EXCEPT ALL " + defined + ")"))
                .isEqualTo("0");
        assertThat(one("SELECT count(*) FROM gold.dim_country WHERE (name = 'Vietnam') = (country = 'VN')"))
                .isEqualTo("1");
        assertThat(one("SELECT (dim_date_key, year, quarter, month, day, day_of_week, iso_year, iso_week, is_weekend)"
                        + " FROM gold.dim_date ORDER BY ALL LIMIT 1"))
                .contains("20180401", "2018", "2", "4", "1", "7", "2018", "13", "true");
    }

    @Test
    void aBatchWithoutNewMembersMakesNoSnapshotOfADimension() {
        var source = new LogPartition("transactions", 0);
        seal(source, 0, 200);
        var committer = lake.committer();
        committer.commitOnce();
        var before = snapshots();
        lake.seal(source, List.of(star.of(again(source, 200, Samples.DAY_ZERO_MICROS))));
        committer.commitOnce();
        assertThat(snapshots()).isEqualTo(before);

        lake.seal(source, List.of(star.of(again(source, 201, Samples.DAY_ZERO_MICROS + 9 * DAY_MICROS))));
        lake.committer().commitOnce();
        assertThat(snapshots().get("gold.dim_date")).isNotEqualTo(before.get("gold.dim_date"));
        assertThat(snapshots().get("gold.dim_device")).isEqualTo(before.get("gold.dim_device"));
    }

    @Test
    void aTableFromBeforeAColumnCameToItGetsItWithItsNextRows() {
        var table = Tables.GOLD_DIM_CUSTOMER;
        var before = new TableDefinition(
                table.namespace(),
                table.name(),
                table.comment(),
                table.columns().subList(0, table.columns().size() - 1),
                table.partitionedByDayOf());
        var warehouse = lake.catalog.warehouse();
        String location = warehouse.locationOf(table);
        String file = location + "/metadata/00000-older.metadata.json";
        TableMetadataParser.write(
                IcebergTables.firstMetadata(before, location), warehouse.io().newOutputFile(file));
        lake.execute("UPDATE iceberg_tables SET metadata_location = '" + file + "' WHERE table_name = 'dim_customer'");

        lake.catalog.createMissing(Tables.ALL);
        assertThat(lake.table(table).schema().columns())
                .hasSize(before.columns().size());
        seal(new LogPartition("transactions", 0), 0, 3);
        lake.committer().commitOnce();

        assertThat(lake.table(table).schema().asStruct())
                .isEqualTo(IcebergTables.schema(table).asStruct());
        assertThat(one("SELECT count(*) FROM gold.dim_customer WHERE former_dim_customer_key IS NULL"))
                .isEqualTo("3");
    }

    /** Somebody who was there before, at this offset. */
    private static Judged again(LogPartition source, long offset, long micros) {
        var before = Samples.decided(source, 5, micros);
        var record = before.record();
        return new Judged(
                new LogRecord(source, offset, record.kafkaTimeMillis(), record.key(), record.value(), record.headers()),
                before.outcome());
    }

    private Map<String, Long> snapshots() {
        var found = new HashMap<String, Long>();
        for (TableDefinition table : Tables.STAR.subList(1, Tables.STAR.size())) {
            found.put(table.qualifiedName(), lake.table(table).currentSnapshot().snapshotId());
        }
        return found;
    }

    /** Later batches bring new days, merchants and devices beside those of before. */
    private void seal(LogPartition source, int batch, int count) {
        var records = new ArrayList<Judged>();
        for (int i = 0; i < count; i++) {
            long offset = lake.end(source) + i;
            long day = Samples.DAY_ZERO_MICROS + random.nextInt(batch / 4 + 1) * DAY_MICROS;
            records.add(star.of(Samples.decided(source, offset, day + offset)));
        }
        lake.seal(source, records);
    }

    /** A committer who now and then gets no answer to his COMMIT. */
    private Committer flaky() {
        var database = new LosingDatabase(lake.database);
        CommitSteps steps = step -> {
            if (step == Step.BEFORE_COMMIT && random.nextInt(3) == 0) {
                database.loseNext(random.nextBoolean() ? Fate.HAPPENED : Fate.DID_NOT_HAPPEN);
            }
        };
        return new Committer(database, lake.catalog, UUID.randomUUID(), steps);
    }

    private static void drain(Committer committer) {
        for (int i = 0; i < 100; i++) {
            try {
                if (committer.commitOnce() instanceof CommitResult.Nothing) {
                    return;
                }
            } catch (LedgerFailure unanswered) {
                continue; // the next call finds out
            }
        }
        throw new AssertionError("a hundred commits are not enough");
    }

    private String one(String sql) {
        return RowList.of(PinnedBatch.newest(lake.database, lake.catalog), sql).first();
    }
}
