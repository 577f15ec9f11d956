package riskcluster.lakehouse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.log.Tombstone;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.contracts.transaction.Extras;
import riskcluster.contracts.transaction.Transaction;

/** Records with known outcomes. */
public final class Samples {

    /** 2018-04-01T00:00:00Z, a Sunday. */
    public static final long DAY_ZERO_MICROS = 1_522_540_800_000_000L;

    public static final long DAY_MICROS = 86_400_000_000L;
    public static final LogPartition SOURCE = new LogPartition("transactions", 3);
    public static final String POLICY = "ab".repeat(32);

    private Samples() {}

    /** A decided record with every field there. */
    public static Judged decided(LogPartition source, long offset, long micros) {
        Transaction transaction = transaction(offset, micros, "device-" + offset % 100);
        return new Judged(record(source, offset, transaction), new Outcome.Decided(decision(transaction)));
    }

    /** A decided record whose optional fields are all absent. */
    public static Judged bare(LogPartition source, long offset, long micros) {
        var transaction =
                new Transaction("tx-" + offset, "user-" + offset, 0, micros, null, null, null, null, null, null, null);
        var decision = new Decision(
                transaction,
                "k1:" + "00".repeat(32),
                null,
                null,
                null,
                1,
                0,
                Band.MINIMAL,
                0.25,
                List.of(),
                new float[0],
                1,
                POLICY,
                true,
                true,
                false);
        return new Judged(
                new LogRecord(source, offset, micros / 1000, bytes("user-" + offset), bytes("{}"), List.of()),
                new Outcome.Decided(decision));
    }

    public static Judged duplicate(LogPartition source, long offset, long micros) {
        Transaction transaction = transaction(offset, micros, null);
        return new Judged(record(source, offset, transaction), new Outcome.Duplicate(transaction));
    }

    public static Judged rejected(LogPartition source, long offset, long micros) {
        return new Judged(
                new LogRecord(source, offset, micros / 1000, null, null, List.of(new Header("trace", null))),
                new Outcome.Rejected(Reason.VALUE_MISSING, "no value at " + offset));
    }

    /** What is let in of a record that arrives after its customer was erased. */
    public static Judged erased(LogPartition source, long offset, long micros, Tombstone.Kind kind) {
        return new Judged(
                new LogRecord(source, offset, micros / 1000, null, null, List.of()),
                new Outcome.Erased(new Tombstone(kind, micros)));
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The same decided record with extra fields. */
    public static Judged withExtras(Judged judged, List<ExtraField> fields, @Nullable Object[] values) {
        var decision = ((Outcome.Decided) judged.outcome()).decision();
        var plain = decision.transaction();
        var transaction = new Transaction(
                plain.transactionId(),
                plain.userId(),
                plain.amountUnits(),
                plain.eventTimeMicros(),
                plain.currency(),
                plain.merchant(),
                plain.terminalId(),
                plain.paymentMethod(),
                plain.location(),
                plain.deviceId(),
                plain.fraud(),
                Extras.of(fields, values));
        return new Judged(judged.record(), new Outcome.Decided(decision(transaction)));
    }

    private static LogRecord record(LogPartition source, long offset, Transaction transaction) {
        String value =
                "{\"transaction_id\":\"" + transaction.transactionId() + "\",\"user_id\":\"" + transaction.userId()
                        + "\",\"amount\":" + transaction.amountUnits() / 10_000.0 + ",\"timestamp\":"
                        + transaction.eventTimeMicros() + ",\"merchant\":\"" + transaction.merchant()
                        + "\",\"payment_method\":\"card\",\"location\":\"Hanoi, Vietnam\"}";
        return new LogRecord(
                source,
                offset,
                transaction.eventTimeMicros() / 1000,
                bytes(transaction.userId()),
                bytes(value),
                List.of(new Header("traceparent", bytes("00-" + offset)), new Header("traceparent", bytes("again"))));
    }

    private static Transaction transaction(long offset, long micros, @Nullable String device) {
        return new Transaction(
                "tx-" + Long.toHexString(offset * 0x9E3779B97F4A7C15L),
                "user-" + offset % 5_000,
                12_3400 + offset % 90_000,
                micros,
                "VND",
                "merchant-" + offset % 300,
                "terminal-" + offset % 700,
                "card",
                "Hanoi, Vietnam",
                device,
                offset % 2 == 0);
    }

    private static Decision decision(Transaction transaction) {
        return new Decision(
                transaction,
                "k1:"
                        + Long.toHexString(transaction.userId().hashCode() * 0x9E3779B97F4A7C15L)
                                .repeat(4),
                transaction.deviceId() == null ? null : "k1:device-" + transaction.deviceId(),
                "Hanoi",
                "VN",
                3,
                55,
                Band.HIGH,
                Double.NaN,
                List.of(new FiredRule("known_fraud", 50, "true"), new FiredRule("weekend", 5, "7")),
                new float[] {
                    transaction.amountUnits() / 1e4f,
                    7,
                    7,
                    1,
                    0,
                    3,
                    4,
                    9,
                    33.5f,
                    41,
                    30.25f,
                    120,
                    29.5f,
                    1.1f,
                    Float.NaN
                },
                1,
                POLICY,
                false,
                false,
                true);
    }
}
