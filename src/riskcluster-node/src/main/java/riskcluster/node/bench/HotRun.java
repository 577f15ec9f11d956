package riskcluster.node.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import riskcluster.node.fault.Ground;
import riskcluster.node.fault.Standing;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/**
 * Sends at a steady rate, a share of it by one customer, all of whose records are alerts, and measures how long the
 * others' alerts take from the time at which their record was due.
 */
final class HotRun {

    private static final int CUSTOMERS = 100_000;
    private static final double ALERT_SHARE = 0.1;
    private static final int WARM_UP_SECONDS = 30;
    private static final int LINGER_MILLIS = 5;
    private static final Duration MOST = Duration.ofMinutes(2);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final String HOT = "hot";

    private final Setting setting;
    private final int rate;
    private final int seconds;
    private final long seed;
    private final double hotShare;
    private final AtomicLong refused = new AtomicLong();

    private HotRun(Setting setting, int rate, int seconds, long seed, double hotShare) {
        this.setting = setting;
        this.rate = rate;
        this.seconds = seconds;
        this.seed = seed;
        this.hotShare = hotShare;
    }

    /** Arguments: records a second, seconds, partitions, seed, share of the hot customer. */
    public static void main(String[] args) throws Exception {
        try (var setting = Setting.make(Integer.parseInt(args[2]), true)) {
            var run = new HotRun(
                    setting,
                    Integer.parseInt(args[0]),
                    Integer.parseInt(args[1]),
                    Long.parseLong(args[3]),
                    Double.parseDouble(args[4]));
            run.run().tell(System.out);
        }
        System.exit(0);
    }

    private Figures run() throws InterruptedException {
        var figures = new Figures().put("load_before", Machine.load()).put("hot_share", hotShare);
        var alerts = setting.config().topics().alerts();
        try (var node = setting.node();
                var exact = new AlertClock(setting.ground().bootstrap(), alerts, IsolationLevel.READ_COMMITTED)) {
            exact.start();
            send();
            Standing.await(node.config(), MOST);
            exact.end().into(figures, "others_alert_exact");
        }
        return figures;
    }

    private void send() {
        var bank =
                GeneratorSettings.usual(seed).clean().withCustomers(CUSTOMERS).withAlertShare(ALERT_SHARE);
        var generator = new Generator(bank, EventClock.natural(EventClock.USUAL_START, CUSTOMERS));
        var dice = new Random(seed);
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
                var record =
                        dice.nextDouble() < hotShare ? hot(i, dueMicros) : other(generator, i >= warmUp, dueMicros);
                producer.send(record, (place, failure) -> {
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

    private static ProducerRecord<byte[], byte[]> other(Generator generator, boolean measured, long dueMicros) {
        var next = generator.next();
        var record = new ProducerRecord<>(Ground.INPUT, next.key(), next.value());
        if (measured) {
            record.headers().add(AlertClock.DUE, Long.toString(dueMicros).getBytes(UTF_8));
        }
        return record;
    }

    /** So many in half an hour that each is an alert. */
    private static ProducerRecord<byte[], byte[]> hot(long number, long dueMicros) {
        var json = "{\"transaction_id\":\"hot-" + number + "\",\"user_id\":\"" + HOT
                + "\",\"amount\":10.5,\"timestamp\":" + dueMicros + "}";
        return new ProducerRecord<>(Ground.INPUT, HOT.getBytes(UTF_8), json.getBytes(UTF_8));
    }
}
