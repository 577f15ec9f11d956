package riskcluster.actors.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.transaction.Transaction;

/** Valid messages with a wound each, decoded here and by another parser. */
class MutantsTest {
    private static final int MUTANTS = 100_000;
    private static final String LETTERS = "{}[]\",:\\ 0123456789.eE+-tfnaz\u00e9\u20ac\n\t";

    private final Decoder decoder = new Decoder(SchemaRegistry.empty());

    /** One that uses its memory again: nothing of a record may be seen in the next one. */
    private final Decoder own = decoder.own();

    private final ObjectMapper other = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Test
    void eachMutantHasOneOutcomeAndWhatIsAcceptedIsWhatItSaysSeed20260106() throws IOException {
        var dice = new Random(20260106);
        int accepted = 0;
        for (int i = 0; i < MUTANTS; i++) {
            var value = mutant(message(dice), dice);
            var decoded = decoder.decode(Records.of("user-7", value));
            assertThat(own.decode(Records.of("user-7", value))).as(text(value)).isEqualTo(decoded);
            switch (decoded) {
                case Decoded.Accepted(var transaction) -> {
                    accepted++;
                    assertSame(parsed(value), transaction);
                }
                case Decoded.Rejected(var rejected) -> {
                    assertThat(rejected.detail()).isNotBlank().hasSizeLessThan(400);
                    if (rejected.reason() == Reason.NOT_DECODABLE || rejected.reason() == Reason.FIELD_TWICE) {
                        assertThat(isObject(value)).as(text(value)).isFalse();
                    } else {
                        assertThat(isObject(value))
                                .as(rejected + " " + text(value))
                                .isTrue();
                    }
                }
                case Decoded.Undecided _ -> assertThat(value[0]).isZero();
            }
        }
        assertThat(accepted).isBetween(MUTANTS * 3 / 10, MUTANTS * 9 / 10);
    }

    private static String message(Random dice) {
        var message = new StringBuilder("{\"transaction_id\":\"t-").append(dice.nextInt(1_000_000));
        message.append("\",\"user_id\":\"user-7\",\"amount\":")
                .append(dice.nextInt(10_000))
                .append(".25");
        message.append(",\"timestamp\":\"2026-01-0").append(1 + dice.nextInt(9)).append("T10:00:00.5Z\"");
        if (dice.nextBoolean()) {
            message.append(",\"merchant\":\"Caf\u00e9 \\\"M\\u00fcller\\\"\",\"is_fraud\":false");
        }
        if (dice.nextBoolean()) {
            message.append(",\"location\":\"Hanoi, Vietnam\",\"payment_method\":\"card\",\"device_id\":null");
        }
        if (dice.nextBoolean()) {
            message.append(", \"unknown field of no use\" : { \"list\" : [ 1, -2.5e3, true ] , \"text\" : \"abc\" } ");
        }
        return message.append('}').toString();
    }

    private static byte[] mutant(String message, Random dice) {
        var bytes = message.getBytes(StandardCharsets.UTF_8);
        int at = dice.nextInt(bytes.length);
        switch (dice.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << dice.nextInt(8));
            case 1 -> bytes[at] = (byte) dice.nextInt(256);
            case 2 -> {
                return spliced(bytes, at, at + 1, "");
            }
            case 3 -> {
                return spliced(
                        bytes,
                        at,
                        at,
                        LETTERS.substring(dice.nextInt(LETTERS.length())).substring(0, 1));
            }
            case 4 -> {
                int end = Math.min(bytes.length, at + dice.nextInt(20));
                return spliced(bytes, at, at, new String(bytes, at, end - at, StandardCharsets.ISO_8859_1));
            }
            default -> {
                return spliced(bytes, message.indexOf(':'), message.indexOf(':'), " \n\t ".substring(dice.nextInt(4)));
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int start, int end, String between) {
        var middle = between.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length - (end - start) + middle.length)
                .put(bytes, 0, start)
                .put(middle)
                .put(bytes, end, bytes.length - end)
                .array();
    }

    private JsonNode parsed(byte[] value) throws IOException {
        return other.readTree(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(value))
                .toString());
    }

    private boolean isObject(byte[] value) {
        try {
            return parsed(value).isObject() && !hasHalfPair(parsed(value));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasHalfPair(JsonNode node) {
        for (var child : node) {
            if (child.isTextual() && !StandardCharsets.UTF_8.newEncoder().canEncode(child.textValue())) {
                return true;
            }
        }
        return false;
    }

    private static void assertSame(JsonNode expected, Transaction found) {
        assertThat(found.transactionId())
                .isEqualTo(expected.get("transaction_id").textValue());
        assertThat(found.userId()).isEqualTo(expected.get("user_id").asText());
        assertThat(found.merchant()).isEqualTo(text(expected.get("merchant")));
        assertThat(found.location()).isEqualTo(text(expected.get("location")));
        assertThat(found.paymentMethod()).isEqualTo(text(expected.get("payment_method")));
        assertThat(found.deviceId()).isEqualTo(text(expected.get("device_id")));
        assertThat(found.currency()).isEqualTo(text(expected.get("currency")));
        assertThat(found.terminalId()).isEqualTo(text(expected.get("terminal_id")));
        assertThat(Transaction.amountText(found.amountUnits()))
                .isEqualTo(expected.get("amount")
                        .decimalValue()
                        .stripTrailingZeros()
                        .toPlainString());
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null ? null : node.textValue();
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
