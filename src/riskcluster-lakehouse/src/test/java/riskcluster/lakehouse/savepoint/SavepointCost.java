package riskcluster.lakehouse.savepoint;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.TestLake;

/** How long making a savepoint and going back take with so many customers: {@code SavepointCost [CUSTOMERS [BYTES]]}. */
public final class SavepointCost {

    private static final int PARTITIONS = 12;
    private static final int ROUNDS = 3;

    private SavepointCost() {}

    public static void main(String[] arguments) throws Exception {
        int customers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int bytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 800;
        try (var lake = new TestLake(Files.createTempDirectory("savepoint-cost"), true)) {
            commit(lake);
            fill(lake, customers, bytes);
            var savepoints = new Savepoints(lake.database);
            var restoring = new Restoring(lake.database, lake.catalog, RestoreSteps.NONE);
            for (int round = 0; round < ROUNDS; round++) {
                String name = "round-" + round;
                double made = seconds(() -> savepoints.create(name, "1", Duration.ofSeconds(1)));
                commit(lake);
                double back = seconds(() -> restoring.run((Restoring.Plan) restoring.plan(name, "1"), Map.of()));
                System.out.printf(
                        "%,d customers of %d bytes: made in %.1f s, gone back to in %.1f s%n",
                        customers, bytes, made, back);
                savepoints.drop(name);
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    lake.reopenAt(new LogPartition("transactions", partition));
                }
            }
        }
    }

    private static void commit(TestLake lake) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            lake.seal(partition, 200);
        }
        lake.committer().commitOnce();
    }

    /** Contents that do not compress, under keys in no order, as digests are. */
    private static void fill(TestLake lake, int customers, int bytes) {
        int digests = Math.max(1, bytes / 32);
        for (int from = 0; from < customers; from += 50_000) {
            lake.execute("INSERT INTO rc_profile (topic, customer, partition, last_offset, content)"
                    + " SELECT 'transactions', sha256(i::text::bytea), i % " + PARTITIONS + ", i % 200, ("
                    + " SELECT string_agg(sha256((i || '/' || d)::bytea), ''::bytea) FROM generate_series(1, "
                    + digests + ") d) FROM generate_series(" + from + ", "
                    + (Math.min(customers, from + 50_000) - 1) + ") i");
        }
        lake.execute("CHECKPOINT");
    }

    private interface Deed {
        void run() throws Exception;
    }

    private static double seconds(Deed deed) throws Exception {
        long begin = System.nanoTime();
        deed.run();
        return (System.nanoTime() - begin) / 1e9;
    }
}
