package riskcluster.node.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import org.apache.kafka.common.IsolationLevel;
import riskcluster.node.fault.Ground;
import riskcluster.node.fault.Standing;
import riskcluster.node.fault.TopicReader;
import riskcluster.node.feed.DueTimes;

/**
 * Measures a node to which records come at a steady rate, from the time at which each was due: until a consumer has the
 * alert, and until the record's batch is committed. Who sends and who reads is in the broker's process.
 */
final class SteadyRun {

    private static final Duration MOST = Duration.ofMinutes(2);
    private static final double NANOS_PER_MICRO = 1e3;

    private final Setting setting;
    private final BrokerProcess broker;

    private SteadyRun(Setting setting, BrokerProcess broker) {
        this.setting = setting;
        this.broker = broker;
    }

    /**
     * Arguments: records a second, seconds, partitions, seed, gold, rules, customers, whether it compacts all the time,
     * seconds before those that are measured.
     */
    public static void main(String[] args) throws Exception {
        var folder = Fresh.folder();
        var broker = BrokerProcess.start(folder.resolve("kafka"));
        try (var setting = Setting.make(folder, broker, Integer.parseInt(args[2]), Gold.valueOf(args[4]), args[5])) {
            new SteadyRun(setting, broker)
                    .run(
                            Integer.parseInt(args[0]),
                            Integer.parseInt(args[1]),
                            Integer.parseInt(args[6]),
                            Long.parseLong(args[3]),
                            Boolean.parseBoolean(args[7]),
                            Integer.parseInt(args[8]))
                    .tell(System.out);
        }
        System.exit(0);
    }

    private Figures run(int rate, int seconds, int customers, long seed, boolean compacting, int warmUp)
            throws IOException, InterruptedException {
        var figures = new Figures().put("load_before", Machine.load());
        try (var node = setting.node()) {
            var compactions = Compactions.of(node, compacting);
            broker.send(
                    rate,
                    warmUp,
                    seconds,
                    customers,
                    seed,
                    setting.config().topics().alerts());
            double nodeCpu = Machine.cpuMicros();
            double brokerCpu = broker.cpuMicros();
            long began = System.nanoTime();
            broker.awaitSent();
            double took = (System.nanoTime() - began) / NANOS_PER_MICRO;
            figures.put("cores_busy_node", (Machine.cpuMicros() - nodeCpu) / took)
                    .put("cores_busy_broker_and_clients", (broker.cpuMicros() - brokerCpu) / took);
            Standing.await(node.config(), MOST);
            compactions.end(figures);
            figures.putAll(broker.alertTimes());
        }
        freshness(due()).into(figures, "freshness");
        return figures;
    }

    /** Of each measured record, from the log itself. */
    private DueTimes due() {
        var due = new DueTimes();
        new TopicReader(setting.ground().bootstrap(), Ground.INPUT, IsolationLevel.READ_UNCOMMITTED).forEach(record -> {
            var micros = record.headers().lastHeader(AlertClock.DUE);
            if (micros != null) {
                due.put(record.partition(), record.offset(), Long.parseLong(new String(micros.value(), UTF_8)));
            }
        });
        return due;
    }

    /** Each record's batch is the first that reaches past it. */
    private Latencies freshness(DueTimes due) {
        var latencies = new Latencies();
        var reached = new HashMap<Integer, Long>();
        for (var batch : Committed.all(setting.config())) {
            batch.next().forEach((partition, next) -> {
                for (long offset = reached.getOrDefault(partition, 0L); offset < next; offset++) {
                    due.at(partition, offset).ifPresent(since -> latencies.add(batch.micros() - since));
                }
                reached.put(partition, next);
            });
        }
        return latencies;
    }
}
