package riskcluster.lakehouse.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.catalog.Warehouse;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchSqlAllowsTest {

    private TestLake lake;

    @BeforeAll
    void open(@TempDir Path folder) {
        lake = new TestLake(folder);
        lake.seal(0, 5);
        lake.committer().commitOnce();
    }

    @AfterAll
    void close() {
        lake.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP VIEW silver.transactions",
                "CREATE TABLE t (a INTEGER)",
                "INSERT INTO silver.transactions SELECT * FROM silver.transactions",
                "COPY (SELECT 1) TO 'FILE'",
                "COPY silver.transactions TO 'FILE' (FORMAT parquet)",
                "ATTACH 'FILE' AS other",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET enable_external_access = true",
                "PRAGMA threads = 8",
                "SELECT 1; COPY (SELECT 1) TO 'FILE'",
                "SELECT 1; SELECT 2",
                "EXPLAIN ANALYZE COPY (SELECT 1) TO 'FILE'",
                "SELECT * FROM read_text('/etc/hostname')",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM glob('/etc/*')",
                "SELECT * FROM read_parquet('http://localhost/file.parquet')",
                "SELECT * FROM '/etc/hostname'",
                "SELEC 1",
                "",
            })
    void whatIsNoSelectOverTheBatchIsRefused(String statement) throws IOException {
        var batch = PinnedBatch.newest(lake.database, lake.catalog);
        Path dataFile = Warehouse.localPath(
                batch.table(Tables.SILVER_TRANSACTIONS).files().getFirst().location());
        byte[] before = Files.readAllBytes(dataFile);

        try (var sql = new BatchSql(batch)) {
            var answer = sql.query(statement.replace("FILE", dataFile.toString()), new RowList());

            assertThat(answer).isInstanceOf(SqlAnswer.Refused.class);
            assertThat(((SqlAnswer.Refused) answer).why()).isNotBlank();
            assertThat(Files.readAllBytes(dataFile)).isEqualTo(before);
            assertThat(sql.query("SELECT count(*) FROM silver.transactions", new RowList()))
                    .isEqualTo(new SqlAnswer.Done(1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DESCRIBE silver.transactions",
                "SHOW TABLES",
                "SUMMARIZE bronze.rejected",
                "WITH a AS (SELECT 1 AS b) SELECT * FROM a",
                "VALUES (1), (2)",
                "FROM silver.transactions SELECT band, count(*) GROUP BY ALL",
            })
    void readingInOtherWordsIsAllowed(String statement) {
        try (var sql = new BatchSql(PinnedBatch.newest(lake.database, lake.catalog))) {
            assertThat(sql.query(statement, new RowList())).isInstanceOf(SqlAnswer.Done.class);
        }
    }
}
