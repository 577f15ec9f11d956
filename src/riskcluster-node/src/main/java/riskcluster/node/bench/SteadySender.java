package riskcluster.node.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import riskcluster.node.fault.Ground;

/**
 * Sends at a steady rate, each record at a time that is fixed in advance and stands in a header of the measured ones. It
 * waits for nobody; where it cannot keep up, that is latency too.
 */
final class SteadySender {

    /** What a producer of this version waits for company unless it is told otherwise. */
    private static final int LINGER_MILLIS = 5;

    private SteadySender() {}

    /**
     * Returns when the broker has all of them.
     *
     * @param rate records a second
     * @param warmUp seconds whose records nobody measures
     * @param seconds of measured records after those
     * @param measuring is run between the two
     */
    static void send(
            String bootstrap, int rate, int warmUp, int seconds, int customers, long seed, Runnable measuring) {
        var generator = MadeUpBank.generator(customers, seed, MadeUpBank.ALERT_SHARE);
        long unmeasured = (long) warmUp * rate;
        long records = unmeasured + (long) seconds * rate;
        try (var sends = new CountedSends(bootstrap, LINGER_MILLIS)) {
            var beat = new Beat(rate);
            for (long i = 0; i < records; i++) {
                long dueMicros = beat.await(i);
                var next = generator.next();
                var record = new ProducerRecord<>(Ground.INPUT, next.key(), next.value());
                if (i == unmeasured) {
                    measuring.run();
                }
                if (i >= unmeasured) {
                    record.headers()
                            .add(AlertClock.DUE, Long.toString(dueMicros).getBytes(UTF_8));
                }
                sends.send(record);
            }
        }
    }
}
