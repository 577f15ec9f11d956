package riskcluster.actors.decode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.contracts.transaction.Extras;
import riskcluster.contracts.transaction.Transaction;

/**
 * Turns a record's bytes into a transaction that keeps the data contract. Any number of threads may share one, unless it is
 * one of {@link #own}.
 */
public final class Decoder {
    /** Bytes of a value. */
    public static final int VALUE_BYTES_MAX = 1 << 20;
    /** Bytes of UTF-8. */
    public static final int TRANSACTION_ID_BYTES_MAX = 256;
    /** How far an event time may lie ahead of the record's Kafka time. */
    public static final long AHEAD_MICROS_MAX = 5 * 60 * 1_000_000L;

    private static final byte AVRO_MAGIC = 0;
    private static final int AVRO_HEAD_BYTES = 5;

    private final SchemaRegistry schemas;
    private final Repeats repeats;

    /** Used again for each record; absent where several threads decode. */
    private final @Nullable JsonScan scan;

    private volatile ExtraNames extraNames = ExtraNames.NONE;

    public Decoder(SchemaRegistry schemas) {
        this(schemas, new Repeats(), null);
    }

    private Decoder(SchemaRegistry schemas, Repeats repeats, @Nullable JsonScan scan) {
        this.schemas = schemas;
        this.repeats = repeats;
        this.scan = scan;
    }

    /** The same for one thread at a time, which asks for less memory. */
    public Decoder own() {
        return new Decoder(schemas, repeats, new JsonScan());
    }

    /** What the record comes to, where the registry is in force; never throws, whatever its bytes. */
    public Decoded decode(LogRecord record) {
        return decode(record, true);
    }

    /**
     * What the record comes to; never throws, whatever its bytes.
     *
     * @param schemaRegistry whether the policy in force at this record looks schemas up; where not, Avro does not decode
     */
    public Decoded decode(LogRecord record, boolean schemaRegistry) {
        return decode(record, schemaRegistry, List.of());
    }

    /**
     * What the record comes to; never throws, whatever its bytes.
     *
     * @param schemaRegistry whether the policy in force at this record looks schemas up; where not, Avro does not decode
     * @param extraFields the fields that the policy in force reads beside those of every transaction
     */
    public Decoded decode(LogRecord record, boolean schemaRegistry, List<ExtraField> extraFields) {
        var value = record.value();
        if (value == null) {
            return rejected(Reason.VALUE_MISSING, "the value is null, allowed: a transaction");
        }
        if (value.length > VALUE_BYTES_MAX) {
            return rejected(
                    Reason.VALUE_TOO_LARGE, "the value has " + value.length + " bytes, allowed: " + VALUE_BYTES_MAX);
        }
        try {
            // No JSON begins with a byte 0.
            return value.length > 0 && value[0] == AVRO_MAGIC
                    ? avro(value, record, schemaRegistry, names(extraFields))
                    : json(value, record, names(extraFields));
        } catch (Unfit unfit) {
            return new Decoded.Rejected(unfit.outcome());
        }
    }

    /** Confluent's wire format: the magic byte, four bytes of schema id, the record. */
    private Decoded avro(byte[] value, LogRecord record, boolean schemaRegistry, ExtraNames extras) throws Unfit {
        if (value.length < AVRO_HEAD_BYTES) {
            throw new Unfit(
                    Reason.NOT_DECODABLE,
                    "the value begins as Avro and has " + value.length
                            + " bytes, allowed: a byte 0, 4 bytes of schema id," + " the record");
        }
        if (!schemaRegistry) {
            throw noRegistry();
        }
        return switch (schemas.schema(ByteBuffer.wrap(value, 1, 4).getInt())) {
            case SchemaRegistry.Lookup.NoRegistry none -> throw noRegistry();
            case SchemaRegistry.Lookup.GivenUp(var why) -> throw new Unfit(Reason.NOT_DECODABLE, why);
            case SchemaRegistry.Lookup.Unknown(var why) -> new Decoded.Undecided(why);
            case SchemaRegistry.Lookup.Known(var schema) ->
                new Decoded.Accepted(
                        transaction(new AvroRow(new AvroScan(value, AVRO_HEAD_BYTES, schema, extras)), record, extras));
        };
    }

    private static Unfit noRegistry() {
        return new Unfit(
                Reason.NOT_DECODABLE,
                "the value begins as Avro and there is no schema registry, allowed: one JSON object");
    }

    private Decoded json(byte[] value, LogRecord record, ExtraNames extras) throws Unfit {
        var fields = scan == null ? new JsonScan() : scan;
        fields.scan(value, extras);
        var row = HandbookRow.isOne(fields) ? new HandbookRow(fields, repeats) : new JsonRow(fields, repeats);
        return new Decoded.Accepted(transaction(row, record, extras));
    }

    /** The names in force change with the policy only; threads may overwrite each other's, each is whole. */
    private ExtraNames names(List<ExtraField> fields) {
        var known = extraNames;
        if (!Objects.equals(known.fields(), fields)) { // mostly the same object, which needs no look inside
            known = new ExtraNames(fields);
            extraNames = known;
        }
        return known;
    }

    private static Extras extras(Row row, ExtraNames names) throws Unfit {
        if (names.count() == 0) {
            return Extras.NONE;
        }
        var values = new @Nullable Object[names.count()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = row.extra(names.fields().get(slot), slot);
        }
        return Extras.of(names.fields(), values);
    }

    private static Transaction transaction(Row row, LogRecord record, ExtraNames extras) throws Unfit {
        var transaction = new Transaction(
                boundedId(row.transactionId()),
                row.userId(),
                row.amountUnits(),
                row.eventTimeMicros(),
                row.text(Field.CURRENCY),
                row.text(Field.MERCHANT),
                row.text(Field.TERMINAL_ID),
                row.text(Field.PAYMENT_METHOD),
                row.text(Field.LOCATION),
                row.text(Field.DEVICE_ID),
                row.fraud(),
                extras(row, extras));
        checkTime(transaction.eventTimeMicros(), record.kafkaTimeMillis());
        checkKey(transaction.userId(), record.key());
        return transaction;
    }

    private static String boundedId(String id) throws Unfit {
        // At most three bytes of UTF-8 stand for one char.
        if (id.isEmpty()
                || id.length() * 3L > TRANSACTION_ID_BYTES_MAX
                        && id.getBytes(StandardCharsets.UTF_8).length > TRANSACTION_ID_BYTES_MAX) {
            throw new Unfit(
                    Reason.TRANSACTION_ID_BAD,
                    "transaction_id " + Excerpt.of(id) + " has " + id.length() + " characters, allowed: 1 to "
                            + TRANSACTION_ID_BYTES_MAX + " bytes of UTF-8");
        }
        return id;
    }

    private static void checkTime(long eventTimeMicros, long kafkaTimeMillis) throws Unfit {
        // The same as event > kafka * 1000 + ahead, for any Kafka time that a producer may have made up.
        long behind = Math.max(eventTimeMicros, Long.MIN_VALUE + AHEAD_MICROS_MAX) - AHEAD_MICROS_MAX;
        if (Math.ceilDiv(behind, 1_000L) > kafkaTimeMillis) {
            throw new Unfit(
                    Reason.TIMESTAMP_AHEAD,
                    "timestamp is " + eventTimeMicros + " microseconds since 1970 UTC, allowed: at most 5 minutes after"
                            + " the record's Kafka time of " + kafkaTimeMillis + " milliseconds");
        }
    }

    private static void checkKey(String userId, byte @Nullable [] key) throws Unfit {
        if (key == null) {
            throw new Unfit(Reason.KEY_MISSING, "the key is missing, allowed: the user_id, " + Excerpt.of(userId));
        }
        if (!isAsciiOf(userId, key) && !Arrays.equals(key, userId.getBytes(StandardCharsets.UTF_8))) {
            throw new Unfit(
                    Reason.KEY_NOT_USER_ID,
                    "the key is " + Excerpt.of(key, 0, key.length) + ", allowed: the user_id in UTF-8, "
                            + Excerpt.of(userId) + "; send that as the key");
        }
    }

    private static boolean isAsciiOf(String text, byte[] bytes) {
        if (text.length() != bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (text.charAt(i) != bytes[i]) { // a byte beyond ASCII is negative and equals no char
                return false;
            }
        }
        return true;
    }

    private static Decoded rejected(Reason reason, String detail) {
        return new Decoded.Rejected(new Outcome.Rejected(reason, detail));
    }
}
