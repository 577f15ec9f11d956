package riskcluster.node.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import riskcluster.node.fault.Ground;
import riskcluster.node.fault.Standing;
import riskcluster.node.feed.DueTimes;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/**
 * Sends at a steady rate, each record at a time that is fixed in advance, and measures from that time: until a consumer
 * has the alert, and until the record's batch is committed. The sender waits for nobody; where it cannot keep up, that
 * is latency too.
 */
final class SteadyRun {

    private static final int WARM_UP_SECONDS = 30;
    private static final Duration MOST = Duration.ofMinutes(2);
    /** What a producer of this version waits for company unless it is told otherwise. */
    private static final int LINGER_MILLIS = 5;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Setting setting;
    private final int rate;
    private final int seconds;
    private final long seed;
    private final int customers;
    private final AtomicLong refused = new AtomicLong();

    /** In microseconds; only records that are measured. */
    private final DueTimes due = new DueTimes();

    private SteadyRun(Setting setting, int rate, int seconds, long seed, int customers) {
        this.setting = setting;
        this.rate = rate;
        this.seconds = seconds;
        this.seed = seed;
        this.customers = customers;
    }

    /** Arguments: records a second, seconds, partitions, seed, gold, rules, customers, whether it compacts all the time. */
    public static void main(String[] args) throws Exception {
        try (var setting = Setting.make(Integer.parseInt(args[2]), Gold.valueOf(args[4]), args[5])) {
            var run = new SteadyRun(
                    setting,
                    Integer.parseInt(args[0]),
                    Integer.parseInt(args[1]),
                    Long.parseLong(args[3]),
                    Integer.parseInt(args[6]));
            run.run(Boolean.parseBoolean(args[7])).tell(System.out);
        }
        System.exit(0);
    }

    private Figures run(boolean compacting) throws InterruptedException {
        var figures = new Figures().put("load_before", Machine.load());
        var alerts = setting.config().topics().alerts();
        try (var node = setting.node();
                var exact = new AlertClock(setting.ground().bootstrap(), alerts, IsolationLevel.READ_COMMITTED);
                var fast = new AlertClock(setting.ground().bootstrap(), alerts, IsolationLevel.READ_UNCOMMITTED)) {
            exact.start();
            fast.start();
            var compactions = Compactions.of(node, compacting);
            double cpu = Machine.cpuMicros();
            long began = System.nanoTime();
            send();
            figures.put(
                    "cores_busy_process", (Machine.cpuMicros() - cpu) * NANOS_PER_MICRO / (System.nanoTime() - began));
            Standing.await(node.config(), MOST);
            compactions.end(figures);
            exact.end().into(figures, "alert_exact");
            fast.end().into(figures, "alert_fast");
        }
        freshness().into(figures, "freshness");
        return figures;
    }

    private void send() {
        var bank =
                GeneratorSettings.usual(seed).clean().withCustomers(customers).withAlertShare(0.01);
        var generator = new Generator(bank, EventClock.natural(EventClock.USUAL_START, customers));
        long beganNanos = System.nanoTime();
        long beganMicros =
                ChronoUnit.MICROS.between(Instant.EPOCH, Clock.systemUTC().instant());
        long warmUp = (long) WARM_UP_SECONDS * rate;
        long records = warmUp + (long) seconds * rate;
        try (var producer = setting.producer(LINGER_MILLIS)) {
            for (long i = 0; i < records; i++) {
                long sinceNanos = i * NANOS_PER_SECOND / rate;
                while (System.nanoTime() - beganNanos < sinceNanos) {
                    LockSupport.parkNanos(sinceNanos - (System.nanoTime() - beganNanos));
                }
                long dueMicros = beganMicros + sinceNanos / NANOS_PER_MICRO;
                boolean measured = i >= warmUp;
                var next = generator.next();
                var record = new ProducerRecord<>(Ground.INPUT, next.key(), next.value());
                if (measured) {
                    record.headers()
                            .add(AlertClock.DUE, Long.toString(dueMicros).getBytes(UTF_8));
                }
                producer.send(record, (place, failure) -> {
                    if (failure != null) {
                        refused.incrementAndGet();
                    } else if (measured) {
                        due.put(place.partition(), place.offset(), dueMicros);
                    }
                });
            }
        }
        if (refused.get() > 0) {
            throw new IllegalStateException(refused.get() + " records could not be produced");
        }
    }

    /** Each record's batch is the first that reaches past it. */
    private Latencies freshness() {
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
