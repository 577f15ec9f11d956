package riskcluster.node.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputFileTest {
    private static final long NOON_OF_2018 = 1_522_584_000_000_000L;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"PARQUET", "CSV", "JSON"})
    void handbookColumnsAreMappedAndLabelsAreNeverSent(String format) throws Exception {
        var file = table(format, """
            SELECT 7 AS transaction_id, TIMESTAMPTZ '2018-04-01 12:00:00Z' AS tx_time, 596 AS customer_id,
                   3156 AS terminal_id, 5716 AS amount_cents, true AS is_fraud, 1 AS fraud_scenario\
            """);

        var records = read(file);

        assertThat(records).singleElement().satisfies(record -> {
            assertThat(text(record.key())).isEqualTo("596");
            assertThat(record.eventTimeMicros()).isEqualTo(NOON_OF_2018);
            assertThat(text(record.value()))
                    .isEqualTo("{\"transaction_id\":\"7\",\"user_id\":\"596\",\"amount\":57.16,"
                            + "\"timestamp\":\"2018-04-01T12:00:00.000000Z\",\"merchant\":\"terminal-3156\","
                            + "\"terminal_id\":\"3156\",\"payment_method\":\"card\"}");
        });
    }

    @Test
    void aParquetFileOfTheContractKeepsTypesAndLeavesNullsOut() throws Exception {
        var file = table("PARQUET", """
            SELECT 't1' AS transaction_id, 12 AS user_id, CAST(10.50 AS DECIMAL(10, 4)) AS amount,
                   TIMESTAMP '2018-04-01 12:00:00' AS timestamp, NULL::VARCHAR AS currency,
                   'Hà Nội, "VN"' AS location, true AS is_fraud, [1, 2] AS extra
            UNION ALL SELECT 't2', 13, 0.1, TIMESTAMP '2018-04-01 12:00:01', 'USD', NULL, false, NULL\
            """);

        assertThat(read(file).stream().map(record -> text(record.value())))
                .containsExactly(
                        "{\"transaction_id\":\"t1\",\"user_id\":\"12\",\"amount\":10.5000,"
                                + "\"timestamp\":\"2018-04-01T12:00:00.000000Z\",\"location\":\"Hà Nội, \\\"VN\\\"\","
                                + "\"is_fraud\":true,\"extra\":[1,2]}",
                        "{\"transaction_id\":\"t2\",\"user_id\":\"13\",\"amount\":0.1000,"
                                + "\"timestamp\":\"2018-04-01T12:00:01.000000Z\",\"currency\":\"USD\","
                                + "\"is_fraud\":false}");
    }

    @Test
    void aParquetFileTellsItsSize() throws Exception {
        try (var input = InputFile.open(table(
                "PARQUET",
                "SELECT 1 AS transaction_id, 2 AS user_id, 3 AS amount," + " 4 AS timestamp FROM range(500)"))) {
            assertThat(input.size()).isEqualTo(OptionalLong.of(500));
        }
    }

    @Test
    void cellsOfACsvFileKeepTheirTextAndNumbersStayNumbers() throws IOException {
        var file = file("a.csv", """
            transaction_id,user_id,amount,timestamp,merchant,is_fraud
            007,u1,12.30,2018-04-01T12:00:00Z,"A ""B"" shop",true
            8,u2,twelve,1522584000,,false
            9,u3,0012,1522584000000,x,
            10,,1e2,1522584000000000,x,0
            """);

        var records = read(file);

        assertThat(records.stream().map(record -> text(record.value())))
                .containsExactly(
                        "{\"transaction_id\":\"007\",\"user_id\":\"u1\",\"amount\":12.30,"
                                + "\"timestamp\":\"2018-04-01T12:00:00Z\",\"merchant\":\"A \\\"B\\\" shop\","
                                + "\"is_fraud\":true}",
                        "{\"transaction_id\":\"8\",\"user_id\":\"u2\",\"amount\":\"twelve\",\"timestamp\":1522584000,"
                                + "\"is_fraud\":false}",
                        "{\"transaction_id\":\"9\",\"user_id\":\"u3\",\"amount\":\"0012\",\"timestamp\":1522584000000,"
                                + "\"merchant\":\"x\"}",
                        "{\"transaction_id\":\"10\",\"amount\":1e2,\"timestamp\":1522584000000000,\"merchant\":\"x\","
                                + "\"is_fraud\":false}");
        assertThat(records)
                .allSatisfy(record -> assertThat(record.eventTimeMicros()).isEqualTo(NOON_OF_2018));
        assertThat(records.getLast().key()).isNull();
    }

    @Test
    void aLabelledFileOfTheContractKeepsBothLabelsBack() throws IOException {
        var file = file("a.csv", """
            transaction_id,user_id,amount,timestamp,is_fraud,fraud_scenario
            1,u1,12.30,2018-04-01T12:00:00Z,true,2
            """);

        assertThat(text(read(file).getFirst().value())).doesNotContain("fraud");
    }

    @Test
    void jsonLinesAreSentAsTheyAre() throws IOException {
        var lines = List.of(
                "{\"transaction_id\":\"1\",\"user_id\":7,\"amount\":1,\"timestamp\":1522584000}",
                "{\"user_id\":\"Việt\",\"nested\":{\"user_id\":1},\"timestamp\":\"2018-04-01T14:00:00+02:00\"}",
                "{\"timestamp\":1522584000000,\"user_id\":\"u\" broken");
        var file = file("a.jsonl", String.join("\r\n\n", lines));

        var records = read(file);

        assertThat(records.stream().map(record -> text(record.value()))).containsExactlyElementsOf(lines);
        assertThat(records.stream().map(record -> text(record.key()))).containsExactly("7", "Việt", "u");
        assertThat(records)
                .allSatisfy(record -> assertThat(record.eventTimeMicros()).isEqualTo(NOON_OF_2018));
    }

    @Test
    void aLineWithoutAUserHasNoKey() throws IOException {
        var file = file("a.jsonl", """
            {"transaction_id":"1","user_id":"u","amount":1,"timestamp":1522584000}
            {"transaction_id":"2","user_id":null,"amount":1,"timestamp":"yesterday"}
            nonsense
            """);

        assertThat(read(file).stream().skip(1)).allSatisfy(record -> {
            assertThat(record.key()).isNull();
            assertThat(record.eventTimeMicros()).isEqualTo(InputRecord.TIME_UNKNOWN);
        });
    }

    @Test
    void packedLinesAreUnpackedAndLongOnesFit() throws IOException {
        var line = "{\"transaction_id\":\"1\",\"user_id\":\"u\",\"amount\":1,\"timestamp\":0,\"x\":\""
                + "y".repeat(200_000) + "\"}";
        var file = folder.resolve("a.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((line + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(read(file))
                .hasSize(2)
                .allSatisfy(record -> assertThat(text(record.value())).isEqualTo(line));
    }

    @Test
    void theKindOfAFileWithoutAKnownNameIsSeenFromItsContent() throws Exception {
        var parquet = table("PARQUET", "SELECT 1 AS transaction_id, 2 AS user_id, 3 AS amount, 4 AS timestamp");
        var lines = file("lines", "{\"transaction_id\":\"1\",\"user_id\":\"u\",\"amount\":1,\"timestamp\":0}");
        var csv = file("cells", "transaction_id,user_id,amount,timestamp\n1,u,3,4\n");

        for (var file : List.of(Files.move(parquet, folder.resolve("columns")), lines, csv)) {
            assertThat(read(file)).as(file.toString()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.jsonl"})
    void aMissingColumnIsNamedWithWhatIsAllowed(String name) throws IOException {
        var file = file(
                name,
                name.endsWith("csv")
                        ? "transaction_id,user_id,timestamp\n1,2,3\n"
                        : "{\"transaction_id\":\"1\",\"user_id\":2,\"timestamp\":3}\n");

        assertThatThrownBy(() -> InputFile.open(file))
                .isInstanceOf(InputRefused.class)
                .hasMessage(file
                        + ": the column amount is missing. A file needs transaction_id, user_id, amount, timestamp"
                        + " (and may have currency, device_id, is_fraud, location, merchant, payment_method,"
                        + " terminal_id), or the handbook's transaction_id, customer_id, tx_time, terminal_id,"
                        + " amount_cents. This one has: transaction_id, user_id, timestamp");
    }

    @Test
    void whatIsNoTableIsRefused() throws IOException {
        assertThatThrownBy(() -> InputFile.open(folder.resolve("none.csv"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> InputFile.open(file("a.parquet", "not a Parquet file")))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> InputFile.open(file("a.jsonl", "[1]\n[2]\n")))
                .hasMessageContaining("no line is a JSON object");
        assertThatThrownBy(() -> InputFile.open(file("a.json.gz", "not packed")))
                .hasMessageContaining("cannot be unpacked");
    }

    @Test
    void aFileThatBreaksFurtherOnSaysSo() throws IOException {
        var good = "1,u,3,4\n".repeat(300_000);
        var file = file("a.csv", "transaction_id,user_id,amount,timestamp\n" + good + "1,u,3,4,5,6,7\n");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be read further");
    }

    private List<InputRecord> read(Path file) throws IOException {
        var records = new ArrayList<InputRecord>();
        try (var input = InputFile.open(file)) {
            input.forEachRemaining(records::add);
        }
        return records;
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** A file of the rows of a query. */
    private Path table(String format, String query) throws SQLException {
        var file = folder.resolve(
                "it's [a] table." + (format.equals("JSON") ? "jsonl" : format.toLowerCase(java.util.Locale.ROOT)));
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute(
                    "COPY (" + query + ") TO '" + file.toString().replace("'", "''") + "' (FORMAT " + format + ")");
        }
        return file;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
    }
}
