package riskcluster.lakehouse.write;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.catalog.Warehouse;

/** Measures what a row costs, bronze and silver together and bronze alone. Started by hand: it is no test. */
public final class EncodeCost {

    private static final int ROWS = 100_000;
    private static final int ROUNDS = 12;

    private EncodeCost() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "target"), "encode");
        measure("bronze and silver", folder, rows(false));
        measure("bronze alone", folder, rows(true));
    }

    private static List<Judged> rows(boolean duplicates) {
        var rows = new ArrayList<Judged>();
        for (int i = 0; i < ROWS; i++) {
            var row = Samples.decided(Samples.SOURCE, i, Samples.DAY_ZERO_MICROS + i * 40_000L);
            rows.add(
                    duplicates
                            ? new Judged(
                                    row.record(),
                                    new Outcome.Duplicate(((Outcome.Decided) row.outcome())
                                            .decision()
                                            .transaction()))
                            : row);
        }
        return rows;
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
