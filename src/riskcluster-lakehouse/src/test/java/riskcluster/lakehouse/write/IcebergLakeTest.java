package riskcluster.lakehouse.write;

import static org.assertj.core.api.Assertions.assertThat;
import static riskcluster.lakehouse.Samples.DAY_MICROS;
import static riskcluster.lakehouse.Samples.DAY_ZERO_MICROS;
import static riskcluster.lakehouse.Samples.SOURCE;
import static riskcluster.lakehouse.Samples.bytes;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.catalog.IcebergTables;
import riskcluster.lakehouse.catalog.Warehouse;

class IcebergLakeTest {

    private static final long INGESTED = DAY_ZERO_MICROS + 999;
    private static final long SIX_IN_THE_MORNING = 6 * 3_600_000_000L + 1;
    private static final Ownership OWNER = new Ownership(SOURCE.toString(), 7, UUID.randomUUID());

    @TempDir
    private Path folder;

    @Test
    void everyColumnOfADecidedRecordReadsBackAsItWas() throws IOException {
        var staged = write(List.of(Samples.decided(SOURCE, 41, DAY_ZERO_MICROS + SIX_IN_THE_MORNING)));

        Record bronze = only(read(Tables.BRONZE_TRANSACTIONS, staged));
        assertThat(values(bronze)).containsExactlyInAnyOrderEntriesOf(decidedInBronze());
        Record silver = only(read(Tables.SILVER_TRANSACTIONS, staged));
        assertThat(values(silver)).containsExactlyInAnyOrderEntriesOf(decidedInSilver());
        assertThat(read(Tables.BRONZE_REJECTED, staged)).isEmpty();
    }

    @Test
    void absentFieldsAreNullAndEmptyListsAreEmpty() throws IOException {
        var staged = write(List.of(Samples.bare(SOURCE, 5, DAY_ZERO_MICROS)));

        Record bronze = only(read(Tables.BRONZE_TRANSACTIONS, staged));
        for (String name :
                List.of("currency", "merchant", "terminal_id", "payment_method", "location", "device_id", "is_fraud")) {
            assertThat(bronze.getField(name)).as(name).isNull();
        }
        assertThat(bronze.getField("headers")).isEqualTo(List.of());
        Record silver = only(read(Tables.SILVER_TRANSACTIONS, staged));
        for (String name :
                List.of("device_key", "currency", "merchant", "terminal_id", "payment_method", "city", "country")) {
            assertThat(silver.getField(name)).as(name).isNull();
        }
        assertThat(silver.getField("fired_rules")).isEqualTo(List.of());
        assertThat(silver.getField("features")).isEqualTo(List.of());
        assertThat(silver.getField("probability")).isEqualTo(0.25);
        assertThat(silver.getField("amount_category")).isEqualTo("micro");
        assertThat(silver.getField("is_late")).isEqualTo(true);
        assertThat(silver.getField("is_approximate")).isEqualTo(true);
    }

    @Test
    void aDuplicateStandsInBronzeOnlyAndARejectedRecordAmongTheRejectedOnly() throws IOException {
        var staged = write(List.of(
                Samples.duplicate(SOURCE, 8, DAY_ZERO_MICROS), Samples.rejected(SOURCE, 9, DAY_ZERO_MICROS + 5000)));

        assertThat(only(read(Tables.BRONZE_TRANSACTIONS, staged)).getField("disposition"))
                .isEqualTo("duplicate");
        assertThat(read(Tables.SILVER_TRANSACTIONS, staged)).isEmpty();
        var expected = new HashMap<String, Object>();
        expected.put("topic", "transactions");
        expected.put("partition", 3);
        expected.put("offset", 9L);
        expected.put("kafka_time", utc(DAY_ZERO_MICROS + 5000));
        expected.put("ingest_time", utc(INGESTED));
        expected.put("key", null);
        expected.put("value", null);
        var header = new HashMap<String, Object>();
        header.put("name", "trace");
        header.put("value", null);
        expected.put("headers", List.of(header));
        expected.put("reason", "RC-1001");
        expected.put("detail", "no value at 9");
        assertThat(values(only(read(Tables.BRONZE_REJECTED, staged)))).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void aFileHoldsOneDayAndItsNameCarriesScopeAndEpoch() throws IOException {
        var staged = write(List.of(
                Samples.decided(SOURCE, 1, DAY_ZERO_MICROS - 1),
                Samples.decided(SOURCE, 2, DAY_ZERO_MICROS),
                Samples.decided(SOURCE, 3, DAY_ZERO_MICROS + DAY_MICROS - 1)));

        List<StagedFile> silver = of(Tables.SILVER_TRANSACTIONS, staged);
        assertThat(silver).extracting(StagedFile::rows).containsExactlyInAnyOrder(1L, 2L);
        assertThat(silver)
                .extracting(StagedFile::path)
                .allMatch(path -> path.contains("/data/event_time_day=2018-0")
                        && path.matches(".*/transactions-3-e7-[0-9a-f]{16}-[0-9]+\\.parquet"))
                .doesNotHaveDuplicates();
        assertThat(silver)
                .allSatisfy(file -> assertThat(Warehouse.localPath(file.path())).hasSize(file.bytes()));
    }

    @Test
    void neverMoreThanThirtyTwoFilesAreOpenAndNoRowIsLostByClosingOne() throws IOException {
        var files = new OpenFiles(Warehouse.local(folder).io(), "p");
        var rejectedLayout = new TableLayout<>(Tables.BRONZE_REJECTED, Warehouse.local(folder), RejectedRows::new);
        var writer = new LakePartitionWriter(
                new Layouts(Warehouse.local(folder)), new DayFiles<>(rejectedLayout, files), files, Optional.empty());

        for (int i = 0; i < 200; i++) {
            writer.write(List.of(Samples.decided(SOURCE, i, DAY_ZERO_MICROS + i * 7 % 50 * DAY_MICROS)), INGESTED);
            assertThat(files.openCount()).isLessThanOrEqualTo(OpenFiles.OPEN_MAX);
        }

        var staged = writer.stage();
        assertThat(read(Tables.SILVER_TRANSACTIONS, staged))
                .extracting(row -> (Long) row.getField("source_offset"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> (long) i).toList());
        assertThat(read(Tables.BRONZE_TRANSACTIONS, staged)).hasSize(200);
        assertThat(staged).extracting(StagedFile::path).doesNotHaveDuplicates();
    }

    @Test
    void recordsThatJumpBetweenDaysShareFilesWithSeed11() throws IOException {
        var random = new Random(11);
        var records = IntStream.range(0, 12_000)
                .mapToObj(i -> Samples.decided(SOURCE, i, DAY_ZERO_MICROS + random.nextInt(200) * DAY_MICROS))
                .toList();

        var staged = write(records);

        assertThat(of(Tables.SILVER_TRANSACTIONS, staged))
                .as("two rounds over the days at most, and those written at once")
                .hasSizeLessThan(2 * 200 + OpenFiles.OPEN_MAX);
        assertThat(staged.stream().mapToLong(StagedFile::rows).sum())
                .as("in bronze, silver and the features")
                .isEqualTo(3 * 12_000);
        assertThat(read(Tables.SILVER_TRANSACTIONS, staged))
                .extracting(row -> (Long) row.getField("source_offset"))
                .doesNotHaveDuplicates()
                .hasSize(12_000);
    }

    @Test
    void eachStageReturnsOnlyWhatCameAfterTheOneBefore() throws IOException {
        var writer = new IcebergLake(Warehouse.local(folder)).open(OWNER, SOURCE);
        writer.write(List.of(Samples.decided(SOURCE, 0, DAY_ZERO_MICROS)), INGESTED);
        var first = writer.stage();
        writer.write(List.of(Samples.decided(SOURCE, 1, DAY_ZERO_MICROS)), INGESTED);
        var second = writer.stage();

        assertThat(only(read(Tables.SILVER_TRANSACTIONS, first)).getField("source_offset"))
                .isEqualTo(0L);
        assertThat(only(read(Tables.SILVER_TRANSACTIONS, second)).getField("source_offset"))
                .isEqualTo(1L);
        assertThat(writer.stage()).isEmpty();
    }

    @Test
    void abandonedRowsAreInNoStagedFile() {
        var writer = new IcebergLake(Warehouse.local(folder)).open(OWNER, SOURCE);
        writer.write(List.of(Samples.decided(SOURCE, 0, DAY_ZERO_MICROS)), INGESTED);

        writer.abandon();

        var next = new IcebergLake(Warehouse.local(folder)).open(OWNER, SOURCE);
        assertThat(next.stage()).isEmpty();
    }

    private List<StagedFile> write(List<Judged> records) {
        var writer = new IcebergLake(Warehouse.local(folder)).open(OWNER, SOURCE);
        writer.write(records, INGESTED);
        return writer.stage();
    }

    private static List<StagedFile> of(TableDefinition table, List<StagedFile> staged) {
        return staged.stream()
                .filter(file -> file.table().equals(table.qualifiedName()))
                .toList();
    }

    private List<Record> read(TableDefinition table, List<StagedFile> staged) throws IOException {
        Schema schema = IcebergTables.schema(table);
        var rows = new ArrayList<Record>();
        for (StagedFile file : of(table, staged)) {
            try (var records = Parquet.read(Warehouse.local(folder).io().newInputFile(file.path()))
                    .project(schema)
                    .createReaderFunc(parquet -> GenericParquetReaders.buildReader(schema, parquet))
                    .<Record>build()) {
                records.forEach(rows::add);
            }
        }
        return rows;
    }

    private static Record only(List<Record> rows) {
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    /** The row with byte buffers and nested records as values that compare. */
    private static Map<String, Object> values(Record row) {
        var values = new HashMap<String, Object>();
        for (Types.NestedField field : row.struct().fields()) {
            values.put(field.name(), comparable(row.getField(field.name())));
        }
        return values;
    }

    private static Object comparable(Object value) {
        return switch (value) {
            case ByteBuffer buffer -> bytesOf(buffer);
            case Record nested -> values(nested);
            case List<?> list -> list.stream().map(IcebergLakeTest::comparable).toList();
            case null, default -> value;
        };
    }

    private static List<Byte> bytesOf(ByteBuffer buffer) {
        var list = new ArrayList<Byte>();
        while (buffer.hasRemaining()) {
            list.add(buffer.get());
        }
        return list;
    }

    private static OffsetDateTime utc(long micros) {
        return Instant.EPOCH.plusNanos(micros * 1000).atOffset(ZoneOffset.UTC);
    }

    private static Map<String, Object> decidedInBronze() {
        var row = new HashMap<String, Object>();
        row.put("topic", "transactions");
        row.put("partition", 3);
        row.put("offset", 41L);
        row.put("kafka_time", utc((DAY_ZERO_MICROS + SIX_IN_THE_MORNING) / 1000 * 1000));
        row.put("ingest_time", utc(INGESTED));
        row.put("key", bytesOf(ByteBuffer.wrap(bytes("user-41"))));
        var sample = Samples.decided(SOURCE, 41, DAY_ZERO_MICROS + SIX_IN_THE_MORNING);
        row.put("value", bytesOf(ByteBuffer.wrap(sample.record().value())));
        row.put(
                "headers",
                List.of(
                        Map.of("name", "traceparent", "value", bytesOf(ByteBuffer.wrap(bytes("00-41")))),
                        Map.of("name", "traceparent", "value", bytesOf(ByteBuffer.wrap(bytes("again"))))));
        row.put("disposition", "decided");
        row.put("transaction_id", "tx-" + Long.toHexString(41 * 0x9E3779B97F4A7C15L));
        row.put("user_id", "user-41");
        row.put("amount", new BigDecimal("12.3441"));
        row.put("event_time", utc(DAY_ZERO_MICROS + SIX_IN_THE_MORNING));
        row.put("currency", "VND");
        row.put("merchant", "merchant-41");
        row.put("terminal_id", "terminal-41");
        row.put("payment_method", "card");
        row.put("location", "Hanoi, Vietnam");
        row.put("device_id", "device-41");
        row.put("is_fraud", false);
        return row;
    }

    private static Map<String, Object> decidedInSilver() {
        var row = new HashMap<String, Object>();
        row.put("transaction_id", "tx-" + Long.toHexString(41 * 0x9E3779B97F4A7C15L));
        row.put(
                "customer_key",
                "k1:"
                        + Long.toHexString("user-41".hashCode() * 0x9E3779B97F4A7C15L)
                                .repeat(4));
        row.put("device_key", "k1:device-device-41");
        row.put("event_time", utc(DAY_ZERO_MICROS + SIX_IN_THE_MORNING));
        row.put("amount", new BigDecimal("12.3441"));
        row.put("currency", "VND");
        row.put("merchant", "merchant-41");
        row.put("terminal_id", "terminal-41");
        row.put("payment_method", "card");
        row.put("city", "Hanoi");
        row.put("country", "VN");
        row.put("amount_category", "small");
        row.put("hour", 6);
        row.put("day_of_week", 7);
        row.put("is_weekend", true);
        row.put("is_high_value", false);
        row.put("tx_count_30m", 3);
        row.put("points", 55);
        row.put("band", "HIGH");
        row.put("probability", null);
        row.put(
                "fired_rules",
                List.of(
                        Map.of("rule", "known_fraud", "points", 50, "observed", "true"),
                        Map.of("rule", "weekend", "points", 5, "observed", "7")));
        row.put(
                "features",
                List.of(12.3441f, 7f, 7f, 1f, 0f, 3f, 4f, 9f, 33.5f, 41f, 30.25f, 120f, 29.5f, 1.1f, Float.NaN));
        row.put("feature_version", 1);
        row.put("policy_version", Samples.POLICY);
        row.put("is_late", false);
        row.put("is_approximate", false);
        row.put("source_topic", "transactions");
        row.put("source_partition", 3);
        row.put("source_offset", 41L);
        return row;
    }
}
