package riskcluster.node.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.ProducerRecord;
import riskcluster.node.fault.Ground;
import riskcluster.node.fault.Standing;

/**
 * Measures the live heap of a customer in a running node, his actor and its mailbox included: what the heap holds after
 * a full collection with all customers in memory, less what it held before the first came.
 */
public final class MemoryRun {

    private static final Duration MOST = Duration.ofMinutes(10);
    private static final long HOURS_APART = 17;
    private static final double BYTES_PER_MIB = 1_048_576;
    private static final int FIRST_CUSTOMERS = 30_000;
    private static final int LAST_CUSTOMERS = 100;
    private static final int CLASSES_SHOWN = 40;
    private static final Instant FIRST = Instant.parse("2025-03-01T00:00:00Z");

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
            send(setting, 1, FIRST_CUSTOMERS, 0, transactions);
            settle(setting, transactions);
            long before = Machine.liveBytes();
            send(setting, FIRST_CUSTOMERS + 1, customers, 0, transactions);
            settle(setting, transactions + 1);
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

    /** Ends with a checkpoint of few records: what writers keep of their last files is no customer's. */
    private static void settle(Setting setting, int number) throws InterruptedException {
        Standing.awaitSaved(setting.config(), MOST);
        send(setting, 1, LAST_CUSTOMERS, number, number + 1);
        Standing.awaitSaved(setting.config(), MOST);
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

    /** Every customer's transactions lie hours apart, all within thirty days: every window holds what it can. */
    private static void send(Setting setting, int first, int customers, int from, int to) {
        try (var producer = setting.producer(20)) {
            for (int t = from; t < to; t++) {
                var time = FIRST.plus(Duration.ofHours(t * HOURS_APART));
                for (int c = first; c < first + customers; c++) {
                    var user = "customer-" + c;
                    var json = "{\"transaction_id\":\"" + user + "-" + t + "\",\"user_id\":\"" + user
                            + "\",\"amount\":" + (10 + c % 90) + ".25,\"timestamp\":\"" + time.plusSeconds(c % 3_600)
                            + "\",\"currency\":\"EUR\",\"merchant\":\"shop-" + c % 500 + "\"}";
                    producer.send(new ProducerRecord<>(Ground.INPUT, user.getBytes(UTF_8), json.getBytes(UTF_8)));
                }
            }
        }
    }
}
