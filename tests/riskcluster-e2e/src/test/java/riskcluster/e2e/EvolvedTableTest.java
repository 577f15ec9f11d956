package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.decode.Decoded;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.table.Tables;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.commit.CommitResult;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.ledger.FieldTable;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.lakehouse.ledger.LedgerSchema;
import riskcluster.lakehouse.ledger.PostgresLedger;
import riskcluster.lakehouse.write.IcebergLake;
import riskcluster.node.contract.Contracts;
import riskcluster.node.contract.InputContract;
import riskcluster.node.embedded.EmbeddedDatabase;
import riskcluster.programs.PythonEnvironment;

/** A field that is added to the contract of the input is a column for engines that share no code with us. */
class EvolvedTableTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);
    private static final long KAFKA_MILLIS = 1_767_693_600_000L;

    @TempDir
    private Path folder;

    @Test
    void oldFilesStayReadableWhenAFieldComesAndGoes() throws Exception {
        var warehouse = Warehouse.local(folder.resolve("warehouse"));
        try (var server = EmbeddedDatabase.start(folder.resolve("postgres"), 0)) {
            try (var database = LedgerPool.open(server.jdbcUrl(), "postgres", "postgres", 4)) {
                commit(database, warehouse);
            }
            var answer = PythonEnvironment.ready()
                    .run(
                            PythonEnvironment.project(Path.of("tests/riskcluster-e2e/src/test/python/evolved_table.py"))
                                    .toString(),
                            "postgresql+psycopg2://postgres:postgres@localhost:" + server.port() + "/riskcluster",
                            warehouse.root());
            assertThat(answer.status()).as(answer.text()).isZero();
            var seen = new ObjectMapper().readTree(answer.text());
            assertThat(seen.get("id").asInt()).isEqualTo(1_001);
            assertThat(seen.get("required").asBoolean()).isFalse();
            assertThat(texts(seen.get("pyiceberg"))).containsExactly("null", "channel-1", "null");
            assertThat(texts(seen.get("duckdb"))).containsExactly("null", "channel-1", "null");
        }
    }

    /** Three batches: by the program's own contract, by one with a field more, and by the program's own again. */
    private void commit(HikariDataSource database, Warehouse warehouse) throws Exception {
        LedgerSchema.migrate(database);
        var catalog = new LakeCatalog(database, warehouse);
        catalog.createMissing(Tables.ALL);
        var ledger = new PostgresLedger(database, (source, customers) -> {});
        var owner = ledger.take(SOURCE, UUID.randomUUID(), "topic-id", 0);
        var writer = new IcebergLake(warehouse).open(owner, SOURCE);
        var committer = new Committer(database, catalog, UUID.randomUUID(), CommitSteps.NONE);
        var contracts = List.of(Contracts.bundled(), withChannel(), Contracts.bundled());
        for (int offset = 0; offset < contracts.size(); offset++) {
            var fields = FieldTable.record(database, InputContract.extraFields(contracts.get(offset)));
            var policy = PolicyFile.bundled("default").withExtraFields(fields);
            writer.write(List.of(decided(offset, policy)), KAFKA_MILLIS * 1_000);
            ledger.seal(owner, new Checkpoint(SOURCE, offset, offset + 1, offset + 1, KAFKA_MILLIS, 1, writer.stage()));
            assertThat(committer.commitOnce()).isInstanceOf(CommitResult.Committed.class);
        }
        writer.abandon();
    }

    private Contracts withChannel() throws Exception {
        var text = Files.readString(PythonEnvironment.project(Path.of("contracts/topics/transactions.odcs.yaml")));
        Files.createDirectories(folder.resolve("contracts/topics"));
        Files.writeString(
                folder.resolve("contracts/topics/transactions.odcs.yaml"),
                text.replace("    quality:\n", "      - name: channel\n        logicalType: string\n    quality:\n"));
        return Contracts.in(folder.resolve("contracts"));
    }

    private static Judged decided(long offset, Policy policy) {
        var value = "{\"transaction_id\":\"t" + offset + "\",\"user_id\":\"u\",\"amount\":1,\"timestamp\":"
                + KAFKA_MILLIS + ",\"channel\":\"channel-" + offset + "\"}";
        var record = new LogRecord(
                SOURCE,
                offset,
                KAFKA_MILLIS,
                "u".getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                List.of());
        var decoded = new Decoder(SchemaRegistry.empty()).decode(record, false, policy.extraFields());
        return new Judged(record, new Outcome.Decided(decision(((Decoded.Accepted) decoded).transaction())));
    }

    private static Decision decision(Transaction transaction) {
        return new Decision(
                transaction,
                "k1:0",
                null,
                null,
                null,
                1,
                0,
                Band.MINIMAL,
                Double.NaN,
                List.of(),
                new float[] {0},
                1,
                "policy",
                false,
                false,
                false);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
