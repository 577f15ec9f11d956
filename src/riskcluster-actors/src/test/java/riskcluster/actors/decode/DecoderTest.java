package riskcluster.actors.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

class DecoderTest {
    private static final String GOOD =
            "{\"transaction_id\":\"t\",\"user_id\":\"u\",\"amount\":1,\"timestamp\":\"2026-01-06T10:00:00Z\"}";

    private final Decoder decoder = new Decoder(SchemaRegistry.empty());

    @Test
    void aTransactionIsReadWithAllItsFields() {
        var value = """
            {"transaction_id": "t-1", "user_id": 7, "amount": 12.50, "timestamp": 1767693600, "currency": "VND",
             "merchant": "Ph\\u1edf \\"24\\"", "terminal_id": "9", "payment_method": "card", "is_fraud": false,
             "location": "Hà Nội, Vietnam", "device_id": "d", "extra": {"a": [1, {"b": null}], "c": 1e999}}\
            """;

        assertThat(Records.accepted(decoder.decode(Records.of("7", value))))
                .isEqualTo(new Transaction(
                        "t-1",
                        "7",
                        125_000,
                        1_767_693_600_000_000L,
                        "VND",
                        "Phở \"24\"",
                        "9",
                        "card",
                        "Hà Nội, Vietnam",
                        "d",
                        false));
    }

    @Test
    void optionalFieldsMayBeAbsentOrNull() {
        var absent = Records.accepted(decoder.decode(Records.of("u", GOOD)));
        var nulls = Records.accepted(decoder.decode(Records.of("u", with("\"currency\":null,\"is_fraud\":null"))));

        assertThat(absent).isEqualTo(nulls);
        assertThat(absent.currency()).isNull();
        assertThat(absent.fraud()).isNull();
    }

    @Test
    void aHandbookRowIsKnownByItsColumns() {
        var value = "{\"transaction_id\":12,\"tx_time\":\"2018-04-01 00:00:31\",\"customer_id\":596,"
                + "\"terminal_id\":3156,\"amount_cents\":5716,\"is_fraud\":true}";

        assertThat(Records.accepted(decoder.decode(Records.of("596", value))))
                .isEqualTo(new Transaction(
                        "12",
                        "596",
                        571_600,
                        1_522_540_831_000_000L,
                        null,
                        "terminal-3156",
                        "3156",
                        "card",
                        null,
                        null,
                        null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                                              | NOT_DECODABLE
        []                                              | NOT_DECODABLE
        {"a":1}x                                        | NOT_DECODABLE
        {"a":01}                                        | NOT_DECODABLE
        {"a":+1}                                        | NOT_DECODABLE
        {"a":.5}                                        | NOT_DECODABLE
        {"a":1.}                                        | NOT_DECODABLE
        {"a":NaN}                                       | NOT_DECODABLE
        {"a":"\\x"}                                     | NOT_DECODABLE
        {"a":"\\u00g0"}                                 | NOT_DECODABLE
        {"a":1,}                                        | NOT_DECODABLE
        {"a" 1}                                         | NOT_DECODABLE
        {"a":[1,]}                                      | NOT_DECODABLE
        {"a":{"b":1,"\\u0062":2}}                       | FIELD_TWICE
        {"a":1,"a":1}                                   | FIELD_TWICE
        {"amount":1,"\\u0061mount":2}                   | FIELD_TWICE
        {"amount":null,"amount":2}                      | FIELD_TWICE
        {}                                              | FIELD_MISSING
        """)
    void aBrokenValueIsRejected(String value, Reason reason) {
        assertThat(Records.rejected(decoder.decode(Records.of("u", value))).reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        transaction_id | ""                             | TRANSACTION_ID_BAD
        transaction_id | 7                              | WRONG_TYPE
        transaction_id | null                           | FIELD_MISSING
        user_id        | 7.0                            | WRONG_TYPE
        user_id        | true                           | WRONG_TYPE
        user_id        | "v"                            | KEY_NOT_USER_ID
        amount         | "1"                            | WRONG_TYPE
        amount         | -0.01                          | AMOUNT_NEGATIVE
        amount         | 0.00001                        | AMOUNT_NOT_REPRESENTABLE
        amount         | 100000000000000                | AMOUNT_NOT_REPRESENTABLE
        amount         | 1e400000000                    | AMOUNT_NOT_REPRESENTABLE
        amount         | 1e-400000000                   | AMOUNT_NOT_REPRESENTABLE
        amount         | 1e99999999999999999999999999   | AMOUNT_NOT_REPRESENTABLE
        timestamp      | "2026-01-06T10:00:00"          | TIMESTAMP_BAD
        timestamp      | "2026-02-29T10:00:00Z"         | TIMESTAMP_BAD
        timestamp      | "2026-01-06T10:00.5Z"          | TIMESTAMP_BAD
        timestamp      | 99999999999999999999           | TIMESTAMP_BAD
        timestamp      | 1.5                            | WRONG_TYPE
        timestamp      | "2026-07-01T00:05:00.000001Z"  | TIMESTAMP_AHEAD
        currency       | 7                              | WRONG_TYPE
        merchant       | "\\ud83c"                      | NOT_DECODABLE
        is_fraud       | "true"                         | WRONG_TYPE
        is_fraud       | 1                              | WRONG_TYPE
        """)
    void aFieldThatBreaksTheContractIsRejected(String field, String json, Reason reason) {
        var rejected = Records.rejected(decoder.decode(Records.of("u", replaced(field, json))));

        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.detail()).contains("allowed").hasSizeLessThan(400);
    }

    @Test
    void exactlyFiveMinutesAheadIsAccepted() {
        var value = replaced("timestamp", "\"2026-07-01T00:05:00Z\"");

        assertThat(Records.accepted(decoder.decode(Records.of("u", value))).eventTimeMicros())
                .isEqualTo(Records.KAFKA_TIME_MILLIS * 1_000 + Decoder.AHEAD_MICROS_MAX);
    }

    @Test
    void aKafkaTimeThatAProducerMadeUpNeverOverflows() {
        for (long millis : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
            var record =
                    new LogRecord(new LogPartition("transactions", 0), 0, millis, bytes("u"), bytes(GOOD), List.of());
            var decoded = decoder.decode(record);
            assertThat(decoded instanceof Decoded.Accepted)
                    .as("Kafka time %s", millis)
                    .isEqualTo(millis > 0);
        }
    }

    @Test
    void aMissingKeyIsRejectedWithTheFix() {
        var rejected = Records.rejected(decoder.decode(Records.of(null, GOOD)));

        assertThat(rejected.reason()).isEqualTo(Reason.KEY_MISSING);
        assertThat(rejected.detail()).contains("\"u\"");
    }

    @Test
    void aWrongKeyIsRejectedWithTheFix() {
        var rejected = Records.rejected(decoder.decode(Records.of("other", GOOD)));

        assertThat(rejected.reason()).isEqualTo(Reason.KEY_NOT_USER_ID);
        assertThat(rejected.detail())
                .contains("\"other\"")
                .contains("send that as the key")
                .contains("\"u\"");
    }

    @Test
    void theKeyOfAnIntegerUserIsItsDigits() {
        assertThat(Records.accepted(decoder.decode(Records.of("7", replaced("user_id", "7")))))
                .isEqualTo(Records.accepted(decoder.decode(Records.of("7", replaced("user_id", "\"7\"")))));
        assertThat(Records.accepted(decoder.decode(Records.of("0", replaced("user_id", "-0"))))
                        .userId())
                .isEqualTo("0");
    }

    @Test
    void aNullValueIsRejected() {
        assertThat(Records.rejected(decoder.decode(Records.of("u", (byte[]) null)))
                        .reason())
                .isEqualTo(Reason.VALUE_MISSING);
    }

    @Test
    void aValueOfOneMebibyteIsReadAndOneByteMoreIsNot() {
        var blanks = " ".repeat(Decoder.VALUE_BYTES_MAX - GOOD.length());

        assertThat(Records.accepted(decoder.decode(Records.of("u", GOOD + blanks)))
                        .amountUnits())
                .isEqualTo(10_000);
        assertThat(Records.rejected(decoder.decode(Records.of("u", GOOD + blanks + " ")))
                        .reason())
                .isEqualTo(Reason.VALUE_TOO_LARGE);
    }

    @Test
    void thirtyTwoLevelsAreReadAndOneMoreIsNot() {
        assertThat(decoder.decode(Records.of("u", with("\"x\":" + "[".repeat(31) + "]".repeat(31)))))
                .isInstanceOf(Decoded.Accepted.class);
        assertThat(Records.rejected(decoder.decode(Records.of("u", with("\"x\":" + "[".repeat(32) + "]".repeat(32)))))
                        .reason())
                .isEqualTo(Reason.TOO_DEEP);
        assertThat(Records.rejected(decoder.decode(Records.of("u", with("\"x\":" + "[".repeat(1_000_000)))))
                        .reason())
                .isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void anIdMayHave256BytesOfUtf8() {
        for (var letter : List.of("a", "é", "€", "🍜")) {
            int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
            var fits = letter.repeat(256 / bytes);
            assertThat(decoder.decode(Records.of("u", replaced("transaction_id", '"' + fits + '"'))))
                    .isInstanceOf(Decoded.Accepted.class);
            assertThat(Records.rejected(decoder.decode(
                                    Records.of("u", replaced("transaction_id", '"' + fits + letter + '"'))))
                            .reason())
                    .isEqualTo(Reason.TRANSACTION_ID_BAD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C0AF", "E080AF", "EDA080", "F0808080", "F4908080", "F5808080", "C3", "E282", "80", "FF"})
    void whatIsNoUtf8IsRejected(String hex) {
        var bad = java.util.HexFormat.of().parseHex(hex);
        var value = bytes(with("\"x\":\"" + "?".repeat(bad.length) + "\""));
        System.arraycopy(bad, 0, value, new String(value, StandardCharsets.ISO_8859_1).indexOf('?'), bad.length);

        assertThat(Records.rejected(decoder.decode(Records.of("u", value))).reason())
                .isEqualTo(Reason.NOT_DECODABLE);
    }

    @Test
    void aDetailHoldsLittleOfTheInput() {
        var detail = Records.rejected(decoder.decode(
                        Records.of("k".repeat(10_000), replaced("user_id", '"' + "u".repeat(100_000) + '"'))))
                .detail();

        assertThat(detail).hasSizeLessThan(400);
    }

    private static String with(String member) {
        return GOOD.replace("}", "," + member + "}");
    }

    private static String replaced(String field, String json) {
        var old = switch (field) {
            case "transaction_id" -> "\"transaction_id\":\"t\"";
            case "user_id" -> "\"user_id\":\"u\"";
            case "amount" -> "\"amount\":1";
            case "timestamp" -> "\"timestamp\":\"2026-01-06T10:00:00Z\"";
            default -> "";
        };
        var member = "\"" + field + "\":" + json;
        return old.isEmpty() ? with(member) : GOOD.replace(old, member);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
