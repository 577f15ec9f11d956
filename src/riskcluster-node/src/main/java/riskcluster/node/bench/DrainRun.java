package riskcluster.node.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.IsolationLevel;
import riskcluster.node.fault.Standing;
import riskcluster.node.fault.TopicReader;

/** Fills the input, then starts a node and measures until every record is committed and every alert is out. */
final class DrainRun {

    private static final Duration MOST = Duration.ofMinutes(15);

    /** Seldom, since who looks is in the process that is measured; the end is told so much later at most. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    /** How the threads' names begin, as far as the system keeps them. */
    private static final String[] COMPILERS = {"C1 Compiler", "C2 Compiler"};

    private static final String[] COLLECTOR = {"GC Thread", "VM Thread"};

    private DrainRun() {}

    /** Arguments: records, partitions, seed, gold, rules, customers, command to run then. */
    public static void main(String[] args) throws Exception {
        run(
                        Integer.parseInt(args[0]),
                        Integer.parseInt(args[1]),
                        Long.parseLong(args[2]),
                        Gold.valueOf(args[3]),
                        args[4],
                        Integer.parseInt(args[5]),
                        args[6])
                .tell(System.out);
        System.exit(0);
    }

    /** @param then a command that is run on what was drained; none where it is blank */
    static Figures run(int records, int partitions, long seed, Gold gold, String rules, int customers, String then)
            throws Exception {
        var folder = Fresh.folder();
        var broker = BrokerProcess.start(folder.resolve("kafka"));
        try (var setting = Setting.make(folder, broker, partitions, gold, rules)) {
            broker.fill(records, customers, seed);
            var before = Used.now(setting, broker);
            double load = Machine.load();
            long began = System.nanoTime();
            try (var node = setting.node()) {
                Standing.await(node.config(), MOST, LOOK_EVERY);
                double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
                var figures = new Figures()
                        .put("records", records)
                        .put("load_before", load)
                        .put("seconds", seconds)
                        .put("records_per_second", records / seconds);
                Used.now(setting, broker).since(before, records, figures);
                figures.put("peak_rss_mib", Machine.peakMib()).put("heap_after_gc_mib", Machine.liveMib());
                verify(setting, records, figures);
                OnDrained.run(setting, then);
                return figures;
            }
        }
    }

    /** CPU used so far, in microseconds. */
    private record Used(double node, double compilers, double collector, double broker, double postgres) {

        static Used now(Setting setting, BrokerProcess broker) throws IOException {
            return new Used(
                    Machine.cpuMicros(),
                    Machine.cpuMicros(COMPILERS),
                    Machine.cpuMicros(COLLECTOR),
                    broker.cpuMicros(),
                    Machine.databaseCpuMicros(setting.folder()));
        }

        void since(Used before, int records, Figures figures) {
            figures.put("node_cpu_us_per_record", (node - before.node) / records)
                    .put("node_compilers_cpu_us_per_record", (compilers - before.compilers) / records)
                    .put("node_collector_cpu_us_per_record", (collector - before.collector) / records)
                    .put("broker_cpu_us_per_record", (broker - before.broker) / records)
                    .put("postgres_cpu_us_per_record", (postgres - before.postgres) / records);
        }
    }

    /** A figure counts only where everything has arrived. */
    static void verify(Setting setting, int records, Figures figures) {
        var batches = Committed.all(setting.config());
        long committed = batches.stream().mapToLong(Committed::records).sum();
        if (committed != records) {
            throw new IllegalStateException(committed + " records are committed, " + records + " were produced");
        }
        long apart = 0;
        for (int i = 1; i < batches.size(); i++) {
            apart = Math.max(apart, batches.get(i).micros() - batches.get(i - 1).micros());
        }
        var alerts = new AtomicLong();
        new TopicReader(setting.ground().bootstrap(), setting.config().topics().alerts(), IsolationLevel.READ_COMMITTED)
                .forEach(alert -> alerts.incrementAndGet());
        figures.put("batches", batches.size())
                .put("longest_between_commits_s", apart / MICROS_PER_SECOND)
                .put("alerts", alerts.get());
    }
}
