package riskcluster.node.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import riskcluster.node.fault.Ground;
import riskcluster.node.fault.Standing;

/**
 * Measures the live heap of a customer in a running node, his actor and its mailbox included: what the heap holds after
 * a full collection with all customers in memory, less what it held before the first came.
 */
public final class MemoryRun {

    private static final Duration MOST = Duration.ofMinutes(10);
    private static final Duration SAVED_MAX = Duration.ofMinutes(2);
    private static final long HOURS_APART = 17;
    private static final Instant FIRST = Instant.parse("2025-03-01T00:00:00Z");

    private MemoryRun() {}

    /** Arguments: customers, transactions of each, partitions. */
    public static void main(String[] args) throws Exception {
        run(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]))
                .tell(System.out);
        System.exit(0);
    }

    private static Figures run(int customers, int transactions, int partitions) throws Exception {
        try (var setting = Setting.make(partitions);
                var node = setting.node()) {
            // two of each customers' transactions for one customer: everything is loaded and has its buffers
            send(setting, 1, 1_000, transactions);
            Standing.awaitSaved(node.config(), MOST);
            long before = Machine.liveBytes();
            send(setting, 1_001, customers, transactions);
            Standing.awaitSaved(node.config(), MOST.plus(SAVED_MAX));
            long after = Machine.liveBytes();
            long known = node.partitions().toCompletableFuture().join().stream()
                    .mapToLong(partition -> partition.customers())
                    .sum();
            if (known != customers + 1_000L) {
                throw new IllegalStateException(known + " customers are in memory, sent were " + customers);
            }
            return new Figures()
                    .put("customers", customers)
                    .put("transactions_of_each", transactions)
                    .put("live_heap_before_mib", before / 1048576.0)
                    .put("live_heap_after_mib", after / 1048576.0)
                    .put("bytes_per_customer", (double) (after - before) / customers);
        }
    }

    /** Every customer's transactions lie hours apart, all within thirty days: every window holds what it can. */
    private static void send(Setting setting, int first, int customers, int transactions) {
        try (var producer = setting.producer(20)) {
            for (int t = 0; t < transactions; t++) {
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
        LockSupport.parkNanos(1);
    }
}
