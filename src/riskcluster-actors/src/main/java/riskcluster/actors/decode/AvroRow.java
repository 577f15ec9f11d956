package riskcluster.actors.decode;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.transaction.ExtraField;

/** The fields of an Avro record. */
final class AvroRow implements Row {
    private static final int UNITS_SCALE = 4;
    private static final int UNITS_DIGITS_MAX = 18;
    /** More bits than ten decimal digits need. */
    private static final int BITS_OF_TEN_DIGITS = 34;

    private final AvroScan scan;

    AvroRow(AvroScan scan) {
        this.scan = scan;
    }

    @Override
    public String transactionId() throws Unfit {
        var value = required(Field.TRANSACTION_ID);
        if (value instanceof String text) {
            return text;
        }
        throw wrongType(Field.TRANSACTION_ID, value, "a string");
    }

    @Override
    public String userId() throws Unfit {
        var value = required(Field.USER_ID);
        if (value instanceof String || value instanceof Long) {
            return value.toString();
        }
        throw wrongType(Field.USER_ID, value, "a string, an int or a long");
    }

    @Override
    public long amountUnits() throws Unfit {
        var value = required(Field.AMOUNT);
        long units = switch (value) {
            case AvroScan.Decimal decimal -> units(decimal);
            case Double number -> Double.isFinite(number) ? units(number) : AmountText.NOT_REPRESENTABLE;
            case Float number -> Float.isFinite(number) ? units(number) : AmountText.NOT_REPRESENTABLE;
            case Long number -> units(number);
            default -> throw wrongType(Field.AMOUNT, value, "a double or a decimal");
        };
        if (units < 0) {
            throw Unfit.amount(units, Field.AMOUNT, Excerpt.of(said(value)));
        }
        return units;
    }

    /** The units of a number whose text is its shortest decimal. */
    private static long units(Number number) {
        var letters = number.toString().getBytes(StandardCharsets.US_ASCII);
        return AmountText.units(letters, 0, letters.length);
    }

    private static long units(AvroScan.Decimal decimal) {
        if (decimal.unscaled().signum() <= 0) {
            return decimal.unscaled().signum() == 0 ? 0 : AmountText.NEGATIVE;
        }
        long digitsMax = (long) UNITS_DIGITS_MAX + Math.max(0, decimal.scale() - UNITS_SCALE);
        if (decimal.unscaled().bitLength() > (digitsMax / 10 + 1) * BITS_OF_TEN_DIGITS) {
            return AmountText.NOT_REPRESENTABLE; // without writing out what may have a million digits
        }
        var exact = new BigDecimal(decimal.unscaled(), decimal.scale()).stripTrailingZeros();
        boolean fits =
                exact.scale() <= UNITS_SCALE && exact.precision() - exact.scale() + UNITS_SCALE <= UNITS_DIGITS_MAX;
        return fits ? exact.movePointRight(UNITS_SCALE).longValueExact() : AmountText.NOT_REPRESENTABLE;
    }

    @Override
    public long eventTimeMicros() throws Unfit {
        var value = required(Field.TIMESTAMP);
        long micros = switch (value) {
            case AvroScan.Instant instant -> instant.micros();
            case Long number -> EventTime.ofInteger(number);
            case String text -> {
                var letters = text.getBytes(StandardCharsets.UTF_8);
                yield EventTime.ofIso(letters, 0, letters.length);
            }
            default ->
                throw wrongType(Field.TIMESTAMP, value, "a long, timestamp-millis, timestamp-micros or a string");
        };
        if (micros == EventTime.NONE) {
            throw Unfit.timestamp(Field.TIMESTAMP, Excerpt.of(said(value)));
        }
        return micros;
    }

    @Override
    public @Nullable String text(Field field) throws Unfit {
        var value = scan.value(field);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrongType(field, value, "a string");
    }

    @Override
    public @Nullable Boolean fraud() throws Unfit {
        var value = scan.value(Field.IS_FRAUD);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        throw wrongType(Field.IS_FRAUD, value, "a boolean");
    }

    @Override
    public @Nullable Object extra(ExtraField field, int slot) throws Unfit {
        return ExtraValue.ofAvro(field, scan.extra(slot));
    }

    private Object required(Field field) throws Unfit {
        var value = scan.value(field);
        if (value == null) {
            throw Unfit.missing(field, "nothing");
        }
        return value;
    }

    private static Unfit wrongType(Field field, Object value, String allowed) {
        return Unfit.wrongType(field, said(value), allowed);
    }

    private static String said(Object value) {
        return switch (value) {
            case AvroScan.Decimal decimal ->
                "a decimal of " + decimal.unscaled().bitLength() + " bits";
            case AvroScan.Instant instant -> "an instant of " + instant.micros() + " microseconds";
            case String text -> "the text " + Excerpt.of(text);
            case Number number -> "the number " + number;
            default -> "of another type";
        };
    }
}
