package riskcluster.lakehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.TestDatabase;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;

/** A ledger that an older program left is read, and one that a newer program made is used or refused by its own word. */
class LedgerVersionsTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 3);

    /** The scripts that programs out there have run; a changed one would give the same version another meaning. */
    private static final Map<Integer, String> SCRIPTS = Map.of(
            1, "346e4d3c9709e8b6eee9d98e79be84c722156e7e67f341d89a46a8ec290a62d8",
            2, "1c29be745e60d8e13a1aac5304c44ec67f8432777d8eb79382e36e549f526fee",
            3, "6b676c72650326f6972fe5c4134376c93b8042f08b6c43928ca9c9b5351db9e0",
            4, "fef0a6350d778a74709b5675d299fa1a4fe58616deeab8d2fe06f93c21bd2811",
            5, "f7696b8d6bd91fa41812b3dd867ef06c13963340c9400da2aed6cf9fe140b9aa",
            6, "066da5b748985c3599722bcf854ffe31f6abd4a57dc06ac36afbe7cdfc2cf19d",
            7, "09bdf4dd7be9d4151e38b81d0b225c0df7ba20546c6c9a7535834248e2f1f992",
            8, "56b5463ca0761b8ef3069d4fcf68803191a31467a2616c411c66e5f6f45a4d3a",
            9, "80a403dc81aba2267589b952fb5e5226b6133784de9ff5a4a4116bba34d2b384",
            10, "903241a7cec7115aab30a8f0aa0d591a3dcef15151bdf10d232059f956885215");

    private final HikariDataSource database = TestDatabase.openEmpty();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aScriptThatHasRunSomewhereIsNeverChanged() throws Exception {
        var digests = new TreeMap<Integer, String>();
        for (int version : SCRIPTS.keySet()) {
            var script = LedgerSchema.script("schema-" + version + ".sql").getBytes(StandardCharsets.UTF_8);
            digests.put(
                    version,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(script)));
        }
        assertThat(digests).isEqualTo(new TreeMap<>(SCRIPTS));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void rowsThatAnOlderProgramLeftAreReadAfterTheMigration(int version) throws SQLException {
        stopAt(version);
        execute(rows());

        LedgerSchema.migrate(database);

        try (var connection = database.getConnection()) {
            var owner = Fence.take(connection, SOURCE.toString(), UUID.randomUUID());
            assertThat(owner.epoch()).isEqualTo(8);
            var cursors = CursorRows.read(connection, SOURCE);
            assertThat(cursors.topicId()).isEqualTo("pZ2vX0aRSDmY4cRrFVwUxg");
            assertThat(cursors.data()).isEqualTo(120);
            assertThat(cursors.alertNoted()).isEqualTo(118);
            assertThat(cursors.profile()).isEqualTo(100);
            assertThat(cursors.switches()).hasSize(1);
            assertThat(ProfileTable.read(connection, SOURCE, List.of("u1")))
                    .singleElement()
                    .satisfies(profile -> {
                        assertThat(profile.lastOffset()).isEqualTo(99);
                        assertThat(profile.content()).containsExactly(1, 0, 0, 0);
                    });
            assertThat(CheckpointTable.waiting(connection, 10, Long.MAX_VALUE))
                    .singleElement()
                    .satisfies(waiting -> {
                        assertThat(waiting.from()).isEqualTo(100);
                        assertThat(waiting.to()).isEqualTo(120);
                        assertThat(waiting.files())
                                .containsExactly(new StagedFile(
                                        "bronze.transactions", "file:/house/a.parquet", 20, 4_096, "{\"spec-id\":0}"));
                        assertThat(waiting.partials()).isEmpty();
                        assertThat(waiting.tombstones()).isZero();
                    });
            assertThat(BatchTable.newest(connection)).hasValueSatisfying(batch -> {
                assertThat(batch.offsets().byPartition()).isEqualTo(Map.of(SOURCE, 100L));
                assertThat(batch.tables())
                        .isEqualTo(Map.of(
                                "bronze.transactions", new TableVersion(77L, "file:/house/1.metadata.json"),
                                "bronze.rejected", new TableVersion(null, "file:/house/0.metadata.json")));
            });
        }
    }

    /** What is written today is, to the letter, what the programs before it read above. */
    @Test
    void textsInRowsAreWrittenAsOlderProgramsReadThem() {
        assertThat(FileList.write(List.of(
                        new StagedFile("bronze.transactions", "file:/house/a.parquet", 20, 4_096, "{\"spec-id\":0}"))))
                .isEqualTo("[{\"table\":\"bronze.transactions\",\"path\":\"file:/house/a.parquet\",\"rows\":20,"
                        + "\"bytes\":4096,\"dataFile\":\"{\\\"spec-id\\\":0}\"}]");
        assertThat(Offsets.NONE.with(Map.of(SOURCE, 100L)).toJson()).isEqualTo("{\"transactions\":{\"3\":100}}");
        assertThat(BatchTable.write(
                        Map.of("bronze.transactions", new TableVersion(77L, "file:/house/1.metadata.json"))))
                .isEqualTo("{\"bronze.transactions\":{\"snapshot\":77,\"metadata\":\"file:/house/1.metadata.json\"}}");
    }

    @Test
    void aNewerLedgerThatSaysItSuitsThisProgramIsUsed() throws SQLException {
        LedgerSchema.migrate(database);
        newer(LedgerSchema.VERSION + 1, "-- oldest program: " + LedgerSchema.VERSION + "\nCREATE TABLE rc_new (a int)");
        newer(LedgerSchema.VERSION + 2, "-- oldest program: 2\nCREATE TABLE rc_newer (a int)");

        LedgerSchema.migrate(database);

        assertThat(versions()).isEqualTo(Optional.of(LedgerSchema.VERSION + 2));
    }

    @Test
    void aNewerLedgerThatSaysNothingOrNamesANewerProgramIsRefused() throws SQLException {
        LedgerSchema.migrate(database);
        newer(LedgerSchema.VERSION + 1, "CREATE TABLE rc_new (a int)");
        newer(LedgerSchema.VERSION + 2, "-- oldest program: 1\nCREATE TABLE rc_newer (a int)");

        assertThatThrownBy(() -> LedgerSchema.migrate(database))
                .hasMessageContaining("programs from " + (LedgerSchema.VERSION + 1) + " on")
                .hasMessageContaining("run a newer program");
    }

    private void stopAt(int version) throws SQLException {
        execute("CREATE TABLE rc_schema (version integer PRIMARY KEY)");
        for (int each = 1; each <= version; each++) {
            execute(LedgerSchema.script("schema-" + each + ".sql"));
            execute("INSERT INTO rc_schema (version) VALUES (" + each + ")");
        }
    }

    private static String rows() {
        return LedgerSchema.script("rows-of-version-1.sql");
    }

    private void newer(int version, String script) throws SQLException {
        try (var connection = database.getConnection()) {
            LedgerSchema.run(connection, version, script);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private Optional<Integer> versions() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT max(version) FROM rc_schema")) {
            return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
        }
    }
}
