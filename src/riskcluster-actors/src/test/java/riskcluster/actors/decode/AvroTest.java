package riskcluster.actors.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.transaction.Transaction;

class AvroTest {
    private static final int ID = 7;
    private static final long TIME = 1_767_693_600_000_000L;
    private static final String OPTIONAL = "[\"null\",\"string\"]";

    private static final Schema FULL = schema(
            "\"string\"",
            "\"double\"",
            "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}",
            field("currency", OPTIONAL)
                    + field("merchant", OPTIONAL)
                    + field("is_fraud", "[\"null\",\"boolean\"]")
                    + field("payment_method", "{\"type\":\"enum\",\"name\":\"M\",\"symbols\":[\"card\",\"crypto\"]}")
                    + field("tags", "{\"type\":\"array\",\"items\":\"string\"}")
                    + field("more", "{\"type\":\"map\",\"values\":[\"null\",\"double\",\"bytes\"]}")
                    + field(
                            "inner",
                            "{\"type\":\"record\",\"name\":\"I\",\"fields\":[{\"name\":\"amount\","
                                + "\"type\":\"float\"},{\"name\":\"x\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}}]}"));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRecordIsReadWithAllItsFieldsAndUnknownOnesAreSteppedOver() throws IOException {
        assertThat(Records.accepted(decode(FULL, full()))).isEqualTo(expectedOfFull());
    }

    private static Transaction expectedOfFull() {
        return new Transaction("t-1", "u", 125_000, TIME, null, "Phở", null, "crypto", null, null, true);
    }

    private static GenericRecord full() {
        var record = start(FULL, "u", 12.5, TIME);
        record.put("merchant", "Phở");
        record.put("is_fraud", true);
        record.put(
                "payment_method",
                new GenericData.EnumSymbol(FULL.getField("payment_method").schema(), "crypto"));
        record.put("tags", List.of("a", "b"));
        record.put("more", Map.of("k", ByteBuffer.wrap(new byte[] {1, 2})));
        var inner = new GenericData.Record(FULL.getField("inner").schema());
        inner.put("amount", 3.5f);
        inner.put("x", new GenericData.Fixed(inner.getSchema().getField("x").schema(), new byte[3]));
        record.put("inner", inner);
        return record;
    }

    @ParameterizedTest
    @CsvSource({
        "12.5, 125000",
        "0.1, 1000",
        "5000.25, 50002500",
        "1e13, 100000000000000000",
        "-0.0, 0",
        "0.0001, 1",
    })
    void aDoubleIsItsShortestDecimal(double amount, long units) throws IOException {
        var schema = schema("\"string\"", "\"double\"", "\"long\"", "");

        assertThat(Records.accepted(decode(schema, start(schema, "u", amount, TIME)))
                        .amountUnits())
                .isEqualTo(units);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "1e14", "0.00001", "0.30000000000000004", "-1"})
    void aDoubleThatIsNoAmountIsRejected(double amount) throws IOException {
        var schema = schema("\"string\"", "\"double\"", "\"long\"", "");
        var reason = Records.rejected(decode(schema, start(schema, "u", amount, TIME)))
                .reason();

        assertThat(reason).isEqualTo(amount == -1 ? Reason.AMOUNT_NEGATIVE : Reason.AMOUNT_NOT_REPRESENTABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "12.500000, 125000",
        "99999999999999.999900, 999999999999999999",
        "0.000000, 0",
        "0.000100, 1",
        "0.000010, -2",
        "100000000000000.000000, -2",
        "-0.010000, -1"
    })
    void aDecimalIsTakenAsItIs(String amount, long units) throws IOException {
        var schema = schema(
                "\"string\"",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":30,\"scale\":6}",
                "\"long\"",
                "");
        var type = schema.getField("amount").schema();
        var bytes = new Conversions.DecimalConversion().toBytes(new BigDecimal(amount), type, type.getLogicalType());

        var decoded = decode(schema, start(schema, "u", bytes, TIME));

        assertThat(decoded instanceof Decoded.Accepted(var transaction) ? transaction.amountUnits() : units)
                .isEqualTo(units);
        assertThat(decoded instanceof Decoded.Accepted).isEqualTo(units >= 0);
    }

    @Test
    void aDecimalOfAMillionDigitsIsRejected() throws IOException {
        var schema = schema(
                "\"string\"",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":30,\"scale\":6}",
                "\"long\"",
                "");
        var huge = new byte[1_000_000];
        huge[0] = 1;

        assertThat(Records.rejected(decode(schema, start(schema, "u", ByteBuffer.wrap(huge), TIME)))
                        .reason())
                .isEqualTo(Reason.AMOUNT_NOT_REPRESENTABLE);
    }

    @Test
    void aUserMayBeAnIntOrALong() throws IOException {
        var ints = schema("\"int\"", "\"double\"", "\"long\"", "");
        var longs = schema("\"long\"", "\"double\"", "\"long\"", "");

        assertThat(Records.accepted(decode("-7", ints, start(ints, -7, 1.0, TIME)))
                        .userId())
                .isEqualTo("-7");
        assertThat(Records.accepted(decode("9007199254740993", longs, start(longs, 9007199254740993L, 1.0, TIME)))
                        .userId())
                .isEqualTo("9007199254740993");
    }

    @Test
    void timesAreReadByTheirType() throws IOException {
        var millis = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
        for (var type : List.of("\"long\"", millis, "\"string\"")) {
            var schema = schema("\"string\"", "\"double\"", type, "");
            Object time = type.equals(millis)
                    ? (Object) (TIME / 1_000)
                    : type.equals("\"long\"") ? (Object) (TIME / 1_000_000) : "2026-01-06T10:00:00Z";
            assertThat(Records.accepted(decode(schema, start(schema, "u", 1.0, time)))
                            .eventTimeMicros())
                    .isEqualTo(TIME);
        }
    }

    @Test
    void aDateIsNoTimestamp() throws IOException {
        var schema = schema("\"string\"", "\"double\"", "{\"type\":\"int\",\"logicalType\":\"date\"}", "");

        assertThat(Records.rejected(decode(schema, start(schema, "u", 1.0, 20_000)))
                        .reason())
                .isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void anUnknownSchemaIsUndecidedUntilItIsThere() throws IOException {
        var bytes = framed(FULL, full());
        var decoder = new Decoder(new FileSchemaRegistry(folder));
        var record = Records.of("u", bytes);

        assertThat(decoder.decode(record))
                .isInstanceOfSatisfying(
                        Decoded.Undecided.class,
                        undecided -> assertThat(undecided.why()).contains("7.avsc"));

        Files.writeString(folder.resolve("7.avsc"), "{ \"type\": ");
        assertThat(decoder.decode(record)).isInstanceOf(Decoded.Undecided.class);

        Files.writeString(folder.resolve("7.avsc"), FULL.toString());
        assertThat(Records.accepted(decoder.decode(record))).isEqualTo(expectedOfFull());
    }

    @Test
    void withoutARegistryARecordThatBeginsAsAvroDoesNotDecode() {
        var decoded = new Decoder(SchemaRegistry.empty()).decode(Records.of("u", new byte[9]));

        assertThat(Records.rejected(decoded).reason()).isEqualTo(Reason.NOT_DECODABLE);
    }

    @Test
    void aHeadThatIsCutOffIsRejected() {
        for (int length = 1; length < 5; length++) {
            var decoded = new Decoder(SchemaRegistry.empty()).decode(Records.of("u", new byte[length]));
            assertThat(Records.rejected(decoded).reason()).isEqualTo(Reason.NOT_DECODABLE);
        }
    }

    @Test
    void bytesAfterTheRecordAreRejected() throws IOException {
        var bytes = framed(FULL, full());

        assertThat(Records.rejected(decode("u", FULL, Arrays.copyOf(bytes, bytes.length + 1)))
                        .reason())
                .isEqualTo(Reason.NOT_DECODABLE);
        assertThat(Records.rejected(decode("u", FULL, Arrays.copyOf(bytes, bytes.length - 1)))
                        .reason())
                .isEqualTo(Reason.NOT_DECODABLE);
    }

    @Test
    void anArrayOfCountlessNothingsIsRejected() throws IOException {
        var schema =
                schema("\"string\"", "\"double\"", "\"long\"", field("n", "{\"type\":\"array\",\"items\":\"null\"}"));
        var record = start(schema, "u", 1.0, TIME);
        record.put("n", List.of());
        var bytes = framed(schema, record);
        var endless = Arrays.copyOf(bytes, bytes.length + 9);
        Arrays.fill(endless, bytes.length - 1, endless.length - 1, (byte) 0xFE);
        endless[endless.length - 1] = 1;

        assertThat(Records.rejected(decode("u", schema, endless)).reason()).isEqualTo(Reason.NOT_DECODABLE);
    }

    @Test
    void aRecordWithinRecordsBeyond32LevelsIsRejected() {
        var schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"next\","
                        + "\"type\":[\"null\",\"R\"]}]}");
        var bytes = new byte[5 + 40];
        Arrays.fill(bytes, 5, 44, (byte) 2);

        assertThat(Records.rejected(decode("u", schema, bytes)).reason()).isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void mutantsNeverThrowAndHaveOneOutcomeSeed5() throws IOException {
        var dice = new Random(5);
        var whole = framed(FULL, full());
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            var bytes = dice.nextInt(4) == 0 ? Arrays.copyOf(whole, 6 + dice.nextInt(whole.length)) : whole.clone();
            for (int wounds = dice.nextInt(3); wounds > 0; wounds--) {
                bytes[5 + dice.nextInt(bytes.length - 5)] = (byte) dice.nextInt(256);
            }
            accepted += decode("u", FULL, bytes) instanceof Decoded.Accepted ? 1 : 0;
        }
        assertThat(accepted).isBetween(1_000, 19_000);
    }

    private static Decoded decode(Schema schema, GenericRecord record) throws IOException {
        return decode("u", schema, record);
    }

    private static Decoded decode(String key, Schema schema, GenericRecord record) throws IOException {
        return decode(key, schema, framed(schema, record));
    }

    private static Decoded decode(String key, Schema schema, byte[] bytes) {
        return new Decoder(_ -> new SchemaRegistry.Lookup.Known(schema)).decode(Records.of(key, bytes));
    }

    private static byte[] framed(Schema schema, GenericRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(ID).array());
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static GenericRecord start(Schema schema, Object user, Object amount, Object time) {
        var record = new GenericData.Record(schema);
        record.put("transaction_id", "t-1");
        record.put("user_id", user);
        record.put("amount", amount);
        record.put("timestamp", time);
        return record;
    }

    private static Schema schema(String user, String amount, String time, String more) {
        var fields = field("transaction_id", "\"string\"")
                + field("user_id", user)
                + field("amount", amount)
                + field("timestamp", time)
                + more;
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"T\",\"fields\":[" + fields.substring(0, fields.length() - 1)
                        + "]}");
    }

    private static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + "},";
    }
}
