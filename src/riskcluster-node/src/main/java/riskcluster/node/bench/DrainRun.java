package riskcluster.node.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import riskcluster.node.fault.Ground;
import riskcluster.node.fault.Standing;
import riskcluster.node.fault.TopicReader;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/** Fills the input, then starts a node and measures until every record is committed and every alert is out. */
final class DrainRun {

    private static final int CUSTOMERS = 100_000;
    private static final Duration MOST = Duration.ofMinutes(15);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    private DrainRun() {}

    /** Arguments: records, partitions, seed, gold. */
    public static void main(String[] args) throws Exception {
        run(
                        Integer.parseInt(args[0]),
                        Integer.parseInt(args[1]),
                        Long.parseLong(args[2]),
                        Boolean.parseBoolean(args[3]))
                .tell(System.out);
        System.exit(0);
    }

    private static Figures run(int records, int partitions, long seed, boolean gold) throws Exception {
        try (var setting = Setting.make(partitions, gold)) {
            fill(setting, records, seed);
            System.gc(); // what filling has left is not the node's
            double load = Machine.load();
            double cpu = Machine.cpuMicros();
            double databaseCpu = Machine.databaseCpuMicros(setting.folder());
            long began = System.nanoTime();
            try (var node = setting.node()) {
                Standing.await(node.config(), MOST);
                double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
                var figures = new Figures()
                        .put("records", records)
                        .put("load_before", load)
                        .put("seconds", seconds)
                        .put("records_per_second", records / seconds)
                        .put("process_cpu_us_per_record", (Machine.cpuMicros() - cpu) / records)
                        .put(
                                "postgres_cpu_us_per_record",
                                (Machine.databaseCpuMicros(setting.folder()) - databaseCpu) / records)
                        .put("peak_rss_mib", Machine.peakMib())
                        .put("heap_after_gc_mib", Machine.liveMib());
                verify(setting, records, figures);
                return figures;
            }
        }
    }

    private static void fill(Setting setting, int records, long seed) {
        var bank =
                GeneratorSettings.usual(seed).clean().withCustomers(CUSTOMERS).withAlertShare(0.01);
        var generator = new Generator(bank, EventClock.natural(EventClock.USUAL_START, CUSTOMERS));
        var refused = new AtomicLong();
        try (var producer = setting.producer(20)) {
            for (int i = 0; i < records; i++) {
                var next = generator.next();
                producer.send(new ProducerRecord<>(Ground.INPUT, next.key(), next.value()), (place, failure) -> {
                    if (failure != null) {
                        refused.incrementAndGet();
                    }
                });
            }
        }
        if (refused.get() > 0) {
            throw new IllegalStateException(refused.get() + " records could not be produced");
        }
    }

    /** A figure counts only where everything has arrived. */
    private static void verify(Setting setting, int records, Figures figures) {
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
