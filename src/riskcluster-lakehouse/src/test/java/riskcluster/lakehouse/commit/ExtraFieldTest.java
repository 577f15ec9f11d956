package riskcluster.lakehouse.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.contracts.transaction.ExtraField.Kind;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.ledger.FieldTable;
import riskcluster.lakehouse.read.BatchSql;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.RowList;

/** Extra fields become columns of bronze and silver with the batch that brings the first rows that have them. */
class ExtraFieldTest {

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
    void aRecordedFieldKeepsItsIdAndItsKind() {
        var first = FieldTable.record(lake.database, Map.of("channel", Kind.STRING, "attempts", Kind.INTEGER));
        var second = FieldTable.record(lake.database, Map.of("score", Kind.NUMBER, "channel", Kind.STRING));

        assertThat(first)
                .containsExactly(
                        new ExtraField("attempts", Kind.INTEGER, 1_001), new ExtraField("channel", Kind.STRING, 1_002));
        assertThat(second)
                .containsExactly(
                        new ExtraField("channel", Kind.STRING, 1_002), new ExtraField("score", Kind.NUMBER, 1_003));
        assertThatThrownBy(() -> FieldTable.record(lake.database, Map.of("channel", Kind.NUMBER, "more", Kind.STRING)))
                .hasMessage("field 'channel' is number, allowed: string, as it was when its column was made");
        assertThat(FieldTable.record(lake.database, Map.of("other", Kind.STRING)))
                .as("what was refused recorded nothing")
                .containsExactly(new ExtraField("other", Kind.STRING, 1_004));
    }

    @Test
    void aFieldBecomesAColumnAndOldRowsHaveNullThere() throws Exception {
        seal(0, List.of());
        lake.committer().commitOnce();
        var fields = FieldTable.record(
                lake.database, Map.of("a", Kind.BOOLEAN, "b", Kind.INTEGER, "c", Kind.NUMBER, "d", Kind.STRING));
        seal(1, fields, true, 7L, 0.5, "web");
        seal(2, fields, null, null, null, null);

        lake.committer().commitOnce();

        for (var table : List.of(Tables.BRONZE_TRANSACTIONS, Tables.SILVER_TRANSACTIONS)) {
            assertThat(values(table, "a", "b", "c", "d"))
                    .containsExactlyInAnyOrder("null null null null", "true 7 0.5 web", "null null null null");
            assertThat(lake.catalog.load(table).schema().findField("d").fieldId())
                    .isEqualTo(1_004);
        }
        assertThat(sql("SELECT d FROM silver.transactions ORDER BY source_offset"))
                .containsExactly("null", "web", "null");
        lake.catalog.createMissing(Tables.ALL);
    }

    @Test
    void aFieldThatIsNoLongerNamedStaysAndIsNull() throws Exception {
        var fields = FieldTable.record(lake.database, Map.of("channel", Kind.STRING));
        seal(0, fields, "web");
        lake.committer().commitOnce();
        seal(1, List.of());
        lake.committer().commitOnce();

        assertThat(values(Tables.SILVER_TRANSACTIONS, "channel")).containsExactlyInAnyOrder("web", "null");
    }

    @Test
    void filesWithAndWithoutTheColumnOfOneWriterAreReadAlike() throws Exception {
        var fields = FieldTable.record(lake.database, Map.of("channel", Kind.STRING));
        var records = new ArrayList<Judged>();
        LongStream.range(0, 10).forEach(offset -> records.add(record(offset, offset < 5 ? List.of() : fields, "web")));
        lake.seal(Samples.SOURCE, records);
        lake.committer().commitOnce();

        assertThat(sql("SELECT count(*), count(channel) FROM bronze.transactions"))
                .containsExactly("10 5");
        assertThat(values(Tables.BRONZE_TRANSACTIONS, "channel")).hasSize(10);
    }

    @Test
    void aBatchFromBeforeTheColumnIsReadByTheNewSchema() {
        seal(0, List.of());
        lake.committer().commitOnce();
        seal(1, FieldTable.record(lake.database, Map.of("channel", Kind.STRING)), "web");
        lake.committer().commitOnce();

        try (var sql =
                new BatchSql(PinnedBatch.at(lake.database, lake.catalog, 1).orElseThrow())) {
            var rows = new RowList();
            sql.query("SELECT channel FROM silver.transactions", rows);
            assertThat(rows.texts()).containsExactly("null");
        }
    }

    private void seal(long offset, List<ExtraField> fields, @Nullable Object... values) {
        lake.seal(Samples.SOURCE, List.of(record(offset, fields, values)));
    }

    private static Judged record(long offset, List<ExtraField> fields, @Nullable Object... values) {
        return Samples.withExtras(
                Samples.decided(Samples.SOURCE, offset, Samples.DAY_ZERO_MICROS + offset),
                fields,
                fields.isEmpty() ? new Object[0] : values);
    }

    private List<String> values(TableDefinition table, String... columns) throws Exception {
        var values = new ArrayList<String>();
        try (var rows = IcebergGenerics.read(lake.table(table)).select(columns).build()) {
            for (Record row : rows) {
                values.add(String.join(
                        " ",
                        List.of(columns).stream()
                                .map(column -> String.valueOf(row.getField(column)))
                                .toList()));
            }
        }
        return values;
    }

    private List<String> sql(String text) {
        try (var sql = new BatchSql(PinnedBatch.newest(lake.database, lake.catalog))) {
            var rows = new RowList();
            sql.query(text, rows);
            return rows.texts();
        }
    }
}
