package riskcluster.lakehouse.write;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.catalog.Warehouse;

/** Measures what a row costs, bronze and silver together and bronze alone. Started by hand: it is no test. */
public final class EncodeCost {

    private static final int ROWS = 30_000;
    private static final int CUSTOMERS = 100_000;
    private static final int ROUNDS = 150;

    private EncodeCost() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "target"), "encode");
        measure("bronze and silver", folder, rows(false));
        measure("bronze alone", folder, rows(true));
    }

    /** As many as a partition seals at once in a drain, of customers who hardly come twice, with digests as they are. */
    private static List<Judged> rows(boolean duplicates) {
        var random = new Random(1);
        var keys = IntStream.range(0, CUSTOMERS).mapToObj(i -> key(random)).toList();
        var rows = new ArrayList<Judged>();
        for (int i = 0; i < ROWS; i++) {
            var row = Samples.decided(Samples.SOURCE, i, Samples.DAY_ZERO_MICROS + i * 40_000L);
            var decision = varied(((Outcome.Decided) row.outcome()).decision(), keys, random);
            var outcome = duplicates ? new Outcome.Duplicate(decision.transaction()) : new Outcome.Decided(decision);
            rows.add(new Judged(row.record(), outcome));
        }
        return rows;
    }

    private static String key(Random random) {
        var digest = new byte[32];
        random.nextBytes(digest);
        return "k1:" + HexFormat.of().formatHex(digest);
    }

    private static Decision varied(Decision like, List<String> keys, Random random) {
        int customer = random.nextInt(CUSTOMERS);
        var device = new String(keys.get((customer * 7 + 1) % CUSTOMERS)); // each decision makes its own
        var features = like.features().clone();
        for (int i = 5; i < features.length; i++) {
            features[i] = random.nextFloat() * 100;
        }
        var was = like.transaction();
        var transaction = new Transaction(
                was.transactionId(),
                "c" + customer,
                random.nextInt(5_000_000),
                was.eventTimeMicros(),
                was.currency(),
                was.merchant(),
                was.terminalId(),
                was.paymentMethod(),
                was.location(),
                "device-" + customer,
                null);
        return new Decision(
                transaction,
                new String(keys.get(customer)),
                device,
                like.city(),
                like.country(),
                1 + random.nextInt(4),
                0,
                Band.MINIMAL,
                Double.NaN,
                List.of(),
                features,
                1,
                like.policyVersion(),
                false,
                false,
                false);
    }

    private static void measure(String what, Path folder, List<Judged> rows) {
        var lake = new IcebergLake(Warehouse.local(folder));
        var owner = new Ownership("bench", 1, UUID.randomUUID());
        for (int round = 0; round < ROUNDS; round++) {
            var writer = lake.open(owner, Samples.SOURCE);
            long start = cpuNanos();
            for (int from = 0; from < rows.size(); from += 500) {
                writer.write(rows.subList(from, from + 500), 1);
            }
            long encoded = cpuNanos();
            var staged = writer.stage();
            long end = cpuNanos();
            writer.abandon();
            if (round >= ROUNDS - 3) {
                System.out.printf(
                        "%s: %d ns a row to encode, %d ns with closing, %d files, %d bytes a row%n",
                        what,
                        (encoded - start) / rows.size(),
                        (end - start) / rows.size(),
                        staged.size(),
                        staged.stream().mapToLong(file -> file.bytes()).sum() / rows.size());
            }
        }
    }

    /** This thread's own time, so that a busy machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
