package riskcluster.node.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;
import riskcluster.node.RiskNode;
import riskcluster.node.fault.Standing;
import riskcluster.node.upkeep.UpkeepCalls;

/**
 * Measures the live heap of a customer in a running node, his actor and its mailbox included: what the heap holds after
 * a full collection with all customers in memory, less what it held before the first came.
 */
public final class MemoryRun {

    private static final Duration MOST = Duration.ofMinutes(10);
    private static final double BYTES_PER_MIB = 1_048_576;
    private static final int FIRST_CUSTOMERS = 30_000;
    private static final int LAST_CUSTOMERS = 100;
    private static final int LAST_CHECKPOINTS = 9;
    private static final int CLASSES_SHOWN = 40;

    private MemoryRun() {}

    /** Arguments: customers, transactions of each, partitions. */
    public static void main(String[] args) throws Exception {
        run(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]))
                .tell(System.out);
        System.exit(0);
    }

    private static Figures run(int customers, int transactions, int partitions) throws Exception {
        try (var setting = Setting.make(partitions, Gold.NONE);
                var node = setting.node()) {
            // some first, so that everything is loaded and what is bounded is full: buffers of brokers and writers most
            // of all
            EvenCustomers.send(setting, 1, FIRST_CUSTOMERS, 0, transactions);
            settle(setting, node, transactions);
            long before = Machine.liveBytes();
            EvenCustomers.send(setting, FIRST_CUSTOMERS + 1, customers, 0, transactions);
            settle(setting, node, transactions + LAST_CHECKPOINTS);
            long after = Machine.liveBytes();
            long known = node.partitions().toCompletableFuture().join().stream()
                    .mapToLong(partition -> partition.customers())
                    .sum();
            if (known != customers + (long) FIRST_CUSTOMERS) {
                throw new IllegalStateException(known + " customers are in memory, sent were " + customers);
            }
            histogram();
            return new Figures()
                    .put("customers", customers)
                    .put("transactions_of_each", transactions)
                    .put("live_heap_before_mib", before / BYTES_PER_MIB)
                    .put("live_heap_after_mib", after / BYTES_PER_MIB)
                    .put("bytes_per_customer", (double) (after - before) / customers);
        }
    }

    /**
     * Ends with checkpoints of few records: what writers keep of larger files is no customer's, and goes when they have looked
     * at it twice, every four checkpoints. What maintenance merges takes memory as long as it does.
     */
    private static void settle(Setting setting, RiskNode node, int number) throws InterruptedException {
        Standing.awaitSaved(setting.config(), MOST);
        for (int i = 0; i < LAST_CHECKPOINTS; i++) {
            EvenCustomers.send(setting, 1, LAST_CUSTOMERS, number + i, number + i + 1);
            Standing.await(setting.config(), MOST);
        }
        Standing.awaitSaved(setting.config(), MOST);
        awaitMaintenance(node.upkeep());
    }

    /** Until nothing is due any more, nor will be for the half minute before it looks again. */
    private static void awaitMaintenance(UpkeepCalls upkeep) {
        long until = System.nanoTime() + MOST.toNanos();
        while (!upkeep.run().toCompletableFuture().join().finished()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("maintenance still merges after " + MOST);
            }
        }
    }

    /** Which classes the heap is made of, for whoever reads the output of this run. */
    private static void histogram() throws JMException {
        var told = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        told.toString().lines().limit(CLASSES_SHOWN).forEach(System.out::println);
    }
}
