package riskcluster.node.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/** Decided records with values as varied as those of a bank, made without scoring: they measure the lake alone. */
final class MadeUpRows {

    private static final int CUSTOMERS = 50_000;
    private static final int MERCHANTS = 3_000;
    private static final int FEATURES = 15;
    private static final long AMOUNT_UNITS_MAX = 20_000_000;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final List<String> METHODS = List.of("card", "wallet", "transfer", "crypto");
    private static final List<String> PLACES =
            List.of("Hanoi, Vietnam", "Hue, Vietnam", "Lyon, France", "Oslo, Norway");
    private static final String POLICY = "ab".repeat(32);

    private final LogPartition source;
    private final SplittableRandom random;
    private long offset;

    MadeUpRows(LogPartition source, long seed) {
        this.source = source;
        this.random = new SplittableRandom(seed);
    }

    /** The next rows of the partition, their times spread over [from, to). */
    List<Judged> next(int count, Instant from, Instant to) {
        long start = from.toEpochMilli() * MICROS_PER_MILLI;
        long span = to.toEpochMilli() * MICROS_PER_MILLI - start;
        var rows = new ArrayList<Judged>(count);
        for (int i = 0; i < count; i++) {
            rows.add(row(start + span * i / count));
        }
        return rows;
    }

    /** The offset after the last row. */
    long end() {
        return offset;
    }

    private Judged row(long micros) {
        int customer = random.nextInt(CUSTOMERS);
        int place = random.nextInt(PLACES.size());
        var transaction = new Transaction(
                "t" + Long.toHexString(random.nextLong()),
                "u" + customer,
                random.nextLong(AMOUNT_UNITS_MAX),
                micros,
                "VND",
                "merchant-" + random.nextInt(MERCHANTS),
                "terminal-" + random.nextInt(2 * MERCHANTS),
                METHODS.get(random.nextInt(METHODS.size())),
                PLACES.get(place),
                "device-" + customer % (CUSTOMERS / 2),
                random.nextInt(1_000) == 0);
        return new Judged(record(transaction, micros), new Outcome.Decided(decision(transaction, customer)));
    }

    private LogRecord record(Transaction transaction, long micros) {
        var value = "{\"transaction_id\":\"" + transaction.transactionId() + "\",\"user_id\":\"" + transaction.userId()
                + "\",\"amount\":" + transaction.amountUnits() / 10_000 + "." + transaction.amountUnits() % 10_000
                + ",\"timestamp\":" + micros + ",\"merchant\":\"" + transaction.merchant()
                + "\",\"payment_method\":\"" + transaction.paymentMethod() + "\",\"location\":\""
                + transaction.location() + "\",\"device_id\":\"" + transaction.deviceId() + "\"}";
        return new LogRecord(
                source,
                offset++,
                micros / MICROS_PER_MILLI,
                bytes(transaction.userId()),
                bytes(value),
                List.of(new Header("traceparent", bytes("00-" + Long.toHexString(random.nextLong())))));
    }

    private Decision decision(Transaction transaction, int customer) {
        var features = new float[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            features[i] = i % 3 == 0 ? random.nextInt(40) : random.nextInt(1, 500_000) / 100f;
        }
        boolean fires = random.nextInt(10) == 0;
        return new Decision(
                transaction,
                key(customer),
                key(-customer),
                transaction.location(),
                "VN",
                random.nextInt(1, 6),
                fires ? 30 : 0,
                fires ? Band.MEDIUM : Band.MINIMAL,
                Double.NaN,
                fires ? List.of(new FiredRule("high_amount", 30, Long.toString(transaction.amountUnits()))) : List.of(),
                features,
                1,
                POLICY,
                false,
                false,
                false);
    }

    /** As long and as varied as a pseudonym. */
    private static String key(int of) {
        var digits = new SplittableRandom(of);
        var key = new StringBuilder("k1:");
        for (int i = 0; i < 4; i++) {
            key.append(String.format("%016x", digits.nextLong()));
        }
        return key.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
