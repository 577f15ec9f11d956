package riskcluster.actors.decode;

import java.math.BigInteger;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Reason;

/** One pass over an Avro record under its writer's schema that checks all of it and keeps the known fields. */
final class AvroScan {
    /** Stands for a value whose type no known field may have. */
    static final Object STRANGE = new Object();

    /** Items of arrays and maps in one record: some have no bytes, so the bytes bound nothing. */
    private static final int ITEMS_MAX = Decoder.VALUE_BYTES_MAX;

    private final AvroBytes in;
    /** Of the known fields, and after them of the extra ones. */
    private final @Nullable Object[] values;

    private int items;

    AvroScan(byte[] bytes, int start, Schema schema) throws Unfit {
        this(bytes, start, schema, ExtraNames.NONE);
    }

    AvroScan(byte[] bytes, int start, Schema schema, ExtraNames extras) throws Unfit {
        this.in = new AvroBytes(bytes, start);
        this.values = new Object[Field.COUNT + extras.count()];
        if (schema.getType() != Schema.Type.RECORD) {
            throw new Unfit(Reason.NOT_DECODABLE, "the schema is of a " + schema.getType() + ", allowed: a record");
        }
        for (var part : schema.getFields()) {
            var field = Field.of(part.name());
            int extra = field == null ? extras.slot(part.name()) : -1;
            if (field != null) {
                values[field.ordinal()] = value(field.text(), part.schema());
            } else if (extra >= 0) {
                values[Field.COUNT + extra] = value(part.name(), part.schema());
            } else {
                skip(part.schema(), 1);
            }
        }
        if (!in.isAtEnd()) {
            throw in.broken("more than the record");
        }
    }

    /** String, Long, {@link Decimal}, {@link Instant}, Double, Float, Boolean or {@link #STRANGE}; null where absent. */
    @Nullable
    Object value(Field field) {
        return values[field.ordinal()];
    }

    /** Likewise of the extra field at this place. */
    @Nullable
    Object extra(int slot) {
        return values[Field.COUNT + slot];
    }

    /** An exact number, {@code unscaled} times 10 to the power of minus {@code scale}. */
    record Decimal(BigInteger unscaled, int scale) {}

    /** A point in time, microseconds since 1970 UTC, {@link EventTime#NONE} where that is no long. */
    record Instant(long micros) {}

    private @Nullable Object value(String field, Schema schema) throws Unfit {
        var logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case NULL -> null;
            case UNION -> value(field, branch(schema));
            case STRING -> in.text(field);
            case ENUM ->
                schema.getEnumSymbols().get(in.index(schema.getEnumSymbols().size()));
            case BOOLEAN -> in.bool();
            case INT -> {
                long number = in.integer();
                yield logical == null ? number : STRANGE;
            }
            case LONG -> {
                long number = in.longer();
                yield logical == null ? number : instant(logical.getName(), number);
            }
            case FLOAT -> in.single();
            case DOUBLE -> in.dual();
            case BYTES -> decimal(schema, in.bytes(in.length()));
            case FIXED -> decimal(schema, in.bytes(schema.getFixedSize()));
            case RECORD, ARRAY, MAP -> {
                skip(schema, 1);
                yield STRANGE;
            }
        };
    }

    private static Object instant(String logical, long number) {
        return switch (logical) {
            case "timestamp-millis" -> new Instant(EventTime.scaled(number, 1_000));
            case "timestamp-micros" -> new Instant(number);
            case "timestamp-nanos" -> new Instant(Math.floorDiv(number, 1_000L));
            default -> STRANGE;
        };
    }

    private static Object decimal(Schema schema, byte[] unscaled) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && unscaled.length > 0) {
            return new Decimal(new BigInteger(unscaled), decimal.getScale());
        }
        return STRANGE;
    }

    private Schema branch(Schema union) throws Unfit {
        List<Schema> branches = union.getTypes();
        return branches.get(in.index(branches.size()));
    }

    private void skip(Schema schema, int level) throws Unfit {
        switch (schema.getType()) {
            case NULL -> {}
            case UNION -> skip(branch(schema), level);
            case STRING -> in.skippedText();
            case ENUM -> in.index(schema.getEnumSymbols().size());
            case BOOLEAN -> in.bool();
            case INT -> in.integer();
            case LONG -> in.longer();
            case FLOAT -> in.step(4);
            case DOUBLE -> in.step(8);
            case BYTES -> in.step(in.length());
            case FIXED -> in.step(schema.getFixedSize());
            case RECORD -> {
                for (var part : schema.getFields()) {
                    skip(part.schema(), deeper(level));
                }
            }
            case ARRAY -> {
                for (long left = block(); left > 0; left = left == 1 ? block() : left - 1) {
                    skip(schema.getElementType(), deeper(level));
                }
            }
            case MAP -> {
                for (long left = block(); left > 0; left = left == 1 ? block() : left - 1) {
                    in.skippedText();
                    skip(schema.getValueType(), deeper(level));
                }
            }
        }
    }

    private int deeper(int level) throws Unfit {
        if (level == JsonScan.LEVELS_MAX) {
            throw new Unfit(
                    Reason.TOO_DEEP,
                    "byte " + in.at() + " opens level " + (level + 1) + ", allowed: " + JsonScan.LEVELS_MAX
                            + " levels");
        }
        return level + 1;
    }

    /** Items in the next block of an array or map, 0 at its end; a block may also say its bytes, which are not needed. */
    private long block() throws Unfit {
        long count = in.longer();
        if (count < 0) {
            in.longer();
            count = -count;
        }
        if (count < 0 || count > ITEMS_MAX - items) {
            throw in.broken("more than " + ITEMS_MAX + " items");
        }
        items += (int) count;
        return count;
    }
}
