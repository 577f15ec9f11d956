package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.log.Tombstone;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.commit.DeferredDeletions;
import riskcluster.lakehouse.erase.ErasureSearch;
import riskcluster.lakehouse.erase.Subject;
import riskcluster.lakehouse.ledger.ErasureTable;
import riskcluster.lakehouse.ledger.StoredErasure;
import riskcluster.lakehouse.ledger.StoredErasure.Step;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.read.LakeHistory;
import riskcluster.lakehouse.read.PinnedBatch;

class ErasureTest {

    private static final String CUSTOMER = "user-7";
    private static final LogPartition ONE = new LogPartition("transactions", 0);
    private static final LogPartition OTHER = new LogPartition("transactions", 1);

    /** Where anything of the customer stands in a row, printed as text. */
    private static final String HIS = "regexp_matches(t::VARCHAR, 'user-7[^0-9]') OR t::VARCHAR LIKE '%PSEUDONYM%'";

    @TempDir
    private Path folder;

    private TestLake lake;
    private String pseudonym = "";

    @BeforeEach
    void open() {
        lake = new TestLake(folder, true);
        for (var source : List.of(ONE, OTHER)) {
            lake.seal(source, records(source, 0, 12));
            lake.committer().commitOnce();
        }
        var last = new ArrayList<>(List.of(rejected(ONE, 12)));
        last.addAll(records(ONE, 13, 16));
        last.add(Samples.duplicate(ONE, 5_007, Samples.DAY_ZERO_MICROS + 20));
        lake.seal(ONE, last);
        lake.committer().commitOnce();
        var his = (Outcome.Decided) Samples.decided(ONE, 7, 0).outcome();
        pseudonym = his.decision().customerKey();
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static List<Judged> records(LogPartition source, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> Samples.decided(source, offset, Samples.DAY_ZERO_MICROS + offset))
                .toList();
    }

    private static Judged rejected(LogPartition source, long offset) {
        var value = Samples.bytes("{\"user_id\": \"user-7\", \"amount\": -1}");
        return new Judged(
                new LogRecord(source, offset, Samples.DAY_ZERO_MICROS / 1_000, Samples.bytes("x"), value, List.of()),
                new Outcome.Rejected(Reason.AMOUNT_NEGATIVE, "amount is -1"));
    }

    @Test
    void whereverItDiesTheNextOneFinishesAndNoFileTellsOfTheCustomer() {
        // Given
        ask();
        long files = rows("SELECT count(*) FROM t WHERE " + HIS);
        assertThat(files).isPositive();
        var users = total(Tables.GOLD_PLATFORM_1H, "sum(users)");

        // When
        int deaths = carriedOnBy();

        // Then
        assertThat(deaths).isGreaterThanOrEqualTo(10);
        assertThat(step()).isEqualTo(Step.DONE.name());
        assertThat(rows("SELECT count(*) FROM t WHERE " + HIS)).isZero();
        assertThat(new ErasureSearch(lake.catalog, new Subject(CUSTOMER, List.of(pseudonym)))
                        .search(Tables.ALL, false)
                        .isClean())
                .isTrue();
        assertThat(lake.text("SELECT concat(user_id, pseudonyms) FROM rc_erasure"))
                .isEmpty();
        assertThat(total(Tables.GOLD_PLATFORM_1H, "sum(users)")).isEqualTo(users);
        theLogHasNoGapAndSilverOnlyWhatIsLeft();
    }

    private void theLogHasNoGapAndSilverOnlyWhatIsLeft() {
        assertThat(total(Tables.BRONZE_TRANSACTIONS, "count(*)")).isEqualTo("30");
        assertThat(total(Tables.SILVER_TRANSACTIONS, "count(*)")).isEqualTo("27");
        assertThat(total(Tables.BRONZE_TRANSACTIONS, "count(*) FILTER (disposition = 'erased')"))
                .isEqualTo("2");
        assertThat(total(Tables.BRONZE_REJECTED, "min(reason)")).isEqualTo("erased");
        var records = new ArrayList<LogRecord>();
        try (var history = new LakeHistory(lake.database, lake.catalog).open(ONE, 0, 5_008)) {
            for (var next = history.next(); next.isPresent(); next = history.next()) {
                records.addAll(next.get().records());
            }
        }
        assertThat(records).hasSize(17);
        assertThat(records.stream().filter(record -> record.tombstone() != null))
                .extracting(LogRecord::offset, LogRecord::tombstone)
                .containsExactly(
                        tuple(7L, new Tombstone(Tombstone.Kind.DECIDED, Samples.DAY_ZERO_MICROS + 7)),
                        tuple(12L, new Tombstone(Tombstone.Kind.REJECTED, Samples.DAY_ZERO_MICROS)),
                        tuple(5_007L, new Tombstone(Tombstone.Kind.DUPLICATE, Samples.DAY_ZERO_MICROS + 20)));
    }

    /** Dies at every step of every table once, and in between lets batches come. */
    private int carriedOnBy() {
        var died = new HashSet<String>();
        int deaths = 0;
        for (int i = 0; i < 200 && !step().equals(Step.DONE.name()); i++) {
            Committer committer = lake.committer();
            String before = step();
            var maintenance = Upkeep.of(
                    lake,
                    committer::rewrite,
                    Upkeep.compaction(1_000),
                    step -> {
                        if (died.add(before + step)) {
                            throw new Died();
                        }
                    },
                    Clock.systemUTC());
            try {
                maintenance.runOnce();
            } catch (Died expected) {
                deaths++;
            }
            if (step().equals(Step.PLACED.name())) {
                List.of(ONE, OTHER).forEach(lake::reopen);
                lake.seal(OTHER, records(OTHER, 13, 15));
                lake.committer().commitOnce();
            }
            if (step().equals(Step.HISTORY_DROPPED.name())) {
                lake.execute("UPDATE rc_deferred_deletion SET not_before = not_before - interval '1 hour'");
                lake.execute("UPDATE rc_erasure SET gone_at = gone_at - interval '1 hour'");
                new DeferredDeletions(lake.database, lake.catalog.warehouse().io()).deleteDue();
            }
        }
        return deaths;
    }

    @Test
    void anOwnerFromBeforeCanSealNothingAndNothingIsRewrittenWhileOneMay() {
        ask();
        var maintenance = Upkeep.of(lake, lake.committer(), Upkeep.compaction(1_000));
        maintenance.runOnce();
        assertThat(step()).isEqualTo(Step.PLACED.name());

        assertThatThrownBy(() -> lake.seal(ONE, records(ONE, 5_008, 5_010))).hasMessageContaining("FENCED");
        lake.reopen(ONE);
        assertThat(Upkeep.untilIdle(maintenance))
                .extracting(MaintenanceRun::kind)
                .doesNotContain(FileErasure.KIND);
        assertThat(step()).isEqualTo(Step.PLACED.name());

        lake.reopen(OTHER);
        assertThat(Upkeep.untilIdle(maintenance)).isNotEmpty();
        assertThat(step()).isEqualTo(Step.HISTORY_DROPPED.name());
    }

    @Test
    void aTagOfAnotherEngineGoesWithWhatItShows() {
        ForeignEngine.tag(
                lake,
                Tables.SILVER_TRANSACTIONS,
                "quarter",
                lake.table(Tables.SILVER_TRANSACTIONS).currentSnapshot().snapshotId());
        ask();
        var maintenance = Upkeep.of(lake, lake.committer(), Upkeep.compaction(1_000));
        maintenance.runOnce();
        List.of(ONE, OTHER).forEach(lake::reopen);

        Upkeep.untilIdle(maintenance);

        var silver = lake.table(Tables.SILVER_TRANSACTIONS);
        assertThat(silver.refs()).containsOnlyKeys("main");
        assertThat(silver.snapshots()).hasSize(1);
        assertThat(lake.count("SELECT count(*) FROM rc_batch")).isOne();
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void ask() {
        new Transactions(lake.database).run("ask", connection -> {
            ErasureTable.request(connection, StoredErasure.wish("k1:tag", CUSTOMER, List.of(pseudonym)));
            return true;
        });
    }

    private String step() {
        return lake.text("SELECT step FROM rc_erasure");
    }

    private String total(TableDefinition table, String value) {
        var batch = PinnedBatch.newest(lake.database, lake.catalog);
        return Content.rows(batch, "SELECT (" + value + ")::VARCHAR FROM " + table.qualifiedName())
                .getFirst();
    }

    /** Asks another engine about every data file in the folder, whoever names it. */
    private long rows(String query) {
        long found = 0;
        try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
            for (TableDefinition table : Tables.ALL) {
                Path files = folder.resolve(table.namespace()).resolve(table.name());
                found += rows(connection, files, query);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return found;
    }

    private long rows(Connection connection, Path files, String query) throws SQLException {
        String data = "read_parquet('" + files + "/**/*.parquet', union_by_name=true, hive_partitioning=false) t";
        String sql = query.replace("PSEUDONYM", pseudonym).replace("FROM t", "FROM " + data);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException none) {
            if (String.valueOf(none.getMessage()).contains("No files found")) {
                return 0;
            }
            throw none;
        }
    }
}
