package riskcluster.actors.decode;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.transaction.ExtraField;

/** The value of an extra field, checked against its kind. */
final class ExtraValue {

    /** No 64-bit number has more letters. */
    private static final int INTEGER_LETTERS_MAX = 20;

    private ExtraValue() {}

    /** Of what stands in a JSON record from {@code start} to {@code end}. */
    static Object ofJson(ExtraField field, Kind kind, byte[] in, int start, int end) throws Unfit {
        return switch (field.kind()) {
            case STRING -> {
                if (!kind.isText()) {
                    throw wrong(field, kind.text(), "a string");
                }
                yield text(field, kind, in, start, end);
            }
            case INTEGER -> integer(field, kind, in, start, end);
            case NUMBER -> {
                if (kind != Kind.INTEGER && kind != Kind.DECIMAL) {
                    throw wrong(field, kind.text(), "a number");
                }
                double number = Double.parseDouble(ascii(in, start, end));
                if (!Double.isFinite(number)) {
                    throw wrong(field, Excerpt.of(in, start, end), "a number of 64 bits");
                }
                yield number;
            }
            case BOOLEAN ->
                switch (kind) {
                    case TRUE -> Boolean.TRUE;
                    case FALSE -> Boolean.FALSE;
                    default -> throw wrong(field, kind.text(), "true or false");
                };
        };
    }

    /** Of what an Avro record holds, as {@link AvroScan} reads it. */
    static @Nullable Object ofAvro(ExtraField field, @Nullable Object value) throws Unfit {
        if (value == null) {
            return null;
        }
        return switch (field.kind()) {
            case STRING -> {
                if (value instanceof String) {
                    yield value;
                }
                throw wrong(field, "of another type", "a string");
            }
            case INTEGER -> {
                if (value instanceof Long) {
                    yield value;
                }
                throw wrong(field, "of another type", "an int or a long");
            }
            case NUMBER -> {
                if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
                    yield number.doubleValue();
                }
                throw wrong(field, "of another type", "an int, a long, a float or a double that is finite");
            }
            case BOOLEAN -> {
                if (value instanceof Boolean) {
                    yield value;
                }
                throw wrong(field, "of another type", "a boolean");
            }
        };
    }

    private static Long integer(ExtraField field, Kind kind, byte[] in, int start, int end) throws Unfit {
        if (kind != Kind.INTEGER) {
            throw wrong(field, kind.text(), "an integer");
        }
        try {
            return end - start > INTEGER_LETTERS_MAX
                    ? outside(field, in, start, end)
                    : Long.valueOf(ascii(in, start, end));
        } catch (NumberFormatException beyond) {
            return outside(field, in, start, end);
        }
    }

    private static Long outside(ExtraField field, byte[] in, int start, int end) throws Unfit {
        throw wrong(field, Excerpt.of(in, start, end), "an integer of 64 bits");
    }

    private static String text(ExtraField field, Kind kind, byte[] in, int start, int end) throws Unfit {
        if (kind != Kind.ESCAPED_TEXT) {
            return new String(in, start, end - start, StandardCharsets.UTF_8);
        }
        return JsonText.whole(field.name(), JsonText.decoded(in, start, end, true));
    }

    private static String ascii(byte[] in, int start, int end) {
        return new String(in, start, end - start, StandardCharsets.US_ASCII);
    }

    private static Unfit wrong(ExtraField field, String found, String allowed) {
        return new Unfit(Reason.WRONG_TYPE, field.name() + " is " + found + ", allowed: " + allowed);
    }
}
