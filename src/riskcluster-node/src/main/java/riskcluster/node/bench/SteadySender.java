package riskcluster.node.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import riskcluster.node.fault.Ground;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/**
 * Sends at a steady rate, each record at a time that is fixed in advance and stands in a header of the measured ones. It
 * waits for nobody; where it cannot keep up, that is latency too.
 */
final class SteadySender {

    private static final int WARM_UP_SECONDS = 30;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000;

    private final int rate;
    private final int seconds;
    private final int customers;
    private final long seed;
    private final AtomicLong refused = new AtomicLong();

    /** @param rate records a second, sent for so many seconds after those that nobody measures */
    SteadySender(int rate, int seconds, int customers, long seed) {
        this.rate = rate;
        this.seconds = seconds;
        this.customers = customers;
        this.seed = seed;
    }

    /** Sends all and closes the producer; fails where a record was refused. */
    void send(KafkaProducer<byte[], byte[]> to) {
        var bank =
                GeneratorSettings.usual(seed).clean().withCustomers(customers).withAlertShare(0.01);
        var generator = new Generator(bank, EventClock.natural(EventClock.USUAL_START, customers));
        long beganNanos = System.nanoTime();
        long beganMicros =
                ChronoUnit.MICROS.between(Instant.EPOCH, Clock.systemUTC().instant());
        long warmUp = (long) WARM_UP_SECONDS * rate;
        long records = warmUp + (long) seconds * rate;
        try (var producer = to) {
            for (long i = 0; i < records; i++) {
                long sinceNanos = i * NANOS_PER_SECOND / rate;
                while (System.nanoTime() - beganNanos < sinceNanos) {
                    LockSupport.parkNanos(sinceNanos - (System.nanoTime() - beganNanos));
                }
                var next = generator.next();
                var record = new ProducerRecord<>(Ground.INPUT, next.key(), next.value());
                if (i >= warmUp) {
                    long dueMicros = beganMicros + sinceNanos / NANOS_PER_MICRO;
                    record.headers()
                            .add(AlertClock.DUE, Long.toString(dueMicros).getBytes(UTF_8));
                }
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
}
