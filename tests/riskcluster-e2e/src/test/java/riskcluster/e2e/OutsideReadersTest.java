package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.Tables;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.commit.CommitResult;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.lakehouse.ledger.LedgerSchema;
import riskcluster.lakehouse.ledger.PostgresLedger;
import riskcluster.lakehouse.write.IcebergLake;
import riskcluster.node.embedded.EmbeddedDatabase;
import riskcluster.programs.PythonEnvironment;

/** The tables as engines see them that share no code with us: PyIceberg by the catalog, DuckDB by the files. */
class OutsideReadersTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 2);
    private static final long MIDNIGHT_MICROS = 1_522_540_800_000_000L;
    private static final int ROWS = 40;

    @Test
    void pyIcebergAndDuckDbReadWhatWasCommitted(@TempDir Path folder) throws Exception {
        var warehouse = Warehouse.local(folder.resolve("warehouse"));
        try (var server = EmbeddedDatabase.start(folder.resolve("postgres"), 0)) {
            try (var database = LedgerPool.open(server.jdbcUrl(), "postgres", "postgres", 4)) {
                commit(database, warehouse);
            }
            var answer = PythonEnvironment.ready()
                    .run(
                            PythonEnvironment.project(
                                            Path.of("tests/riskcluster-e2e/src/test/python/outside_readers.py"))
                                    .toString(),
                            "postgresql+psycopg2://postgres:postgres@localhost:" + server.port() + "/riskcluster",
                            warehouse.root());
            assertThat(answer.status()).as(answer.text()).isZero();
            check(new ObjectMapper().readTree(answer.text()));
        }
    }

    private static void check(JsonNode seen) {
        assertThat(texts(seen.get("tables")))
                .containsExactly("bronze.rejected", "bronze.transactions", "silver.transactions");
        assertThat(seen.get("comment").asText()).isEqualTo(Tables.SILVER_TRANSACTIONS.comment());
        assertThat(texts(seen.get("undocumented"))).isEmpty();
        assertThat(texts(seen.get("partitioned"))).containsExactly("day");
        assertThat(seen.get("batch").asText()).isEqualTo("1");
        assertThat(seen.get("offsets").asText()).isEqualTo("{\"transactions\":{\"2\":40}}");
        JsonNode rows = seen.get("pyiceberg");
        assertThat(rows.get("rows").asInt()).isEqualTo(ROWS);
        assertThat(rows.get("amount").asText()).isEqualTo("78.0040");
        assertThat(texts(rows.get("offsets")))
                .isEqualTo(LongStream.range(0, ROWS).mapToObj(Long::toString).toList());
        assertThat(texts(rows.get("rules").get(0))).containsExactly("known_fraud");
        assertThat(texts(rows.get("columns")))
                .isEqualTo(Tables.SILVER_TRANSACTIONS.columns().stream()
                        .map(Column::name)
                        .toList());
        JsonNode files = seen.get("duckdb");
        assertThat(files.get("rows").asInt()).isEqualTo(ROWS);
        assertThat(files.get("amount").asText()).isEqualTo("78.0040");
        assertThat(files.get("first").asText()).isEqualTo("2018-04-01 00:00:00+00");
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static void commit(HikariDataSource database, Warehouse warehouse) {
        LedgerSchema.migrate(database);
        var catalog = new LakeCatalog(database, warehouse);
        catalog.createMissing(Tables.ALL);
        var ledger = new PostgresLedger(database, (source, customers) -> {});
        var owner = ledger.take(SOURCE, UUID.randomUUID(), "topic-id", 0);
        var writer = new IcebergLake(warehouse).open(owner, SOURCE);
        writer.write(
                LongStream.range(0, ROWS).mapToObj(OutsideReadersTest::decided).toList(), MIDNIGHT_MICROS);
        ledger.seal(owner, new Checkpoint(SOURCE, 0, ROWS, ROWS, MIDNIGHT_MICROS, ROWS, writer.stage()));
        writer.abandon();
        var result = new Committer(database, catalog, UUID.randomUUID(), CommitSteps.NONE).commitOnce();
        assertThat(result).isInstanceOf(CommitResult.Committed.class);
    }

    /** Record {@code n} costs n tenths and one ten-thousandth, and lies n hours after midnight. */
    private static Judged decided(long offset) {
        long micros = MIDNIGHT_MICROS + offset * 3_600_000_000L;
        var transaction = new Transaction(
                "tx-" + offset, "u", offset * 1_000 + 1, micros, "EUR", null, null, "card", null, null, true);
        var decision = new Decision(
                transaction,
                "k1:0",
                null,
                null,
                null,
                1,
                50,
                Band.HIGH,
                Double.NaN,
                List.of(new FiredRule("known_fraud", 50, "true")),
                new float[] {0.1f, Float.NaN},
                1,
                "policy",
                false,
                false,
                true);
        byte[] bytes = "{}".getBytes(StandardCharsets.UTF_8);
        return new Judged(
                new LogRecord(SOURCE, offset, micros / 1_000, bytes, bytes, List.of()), new Outcome.Decided(decision));
    }
}
