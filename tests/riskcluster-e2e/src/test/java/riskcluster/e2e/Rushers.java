package riskcluster.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Customers who pay once a minute for a while, and later many times within seconds: an anomaly of each length each time. */
final class Rushers {

    private static final int CUSTOMERS = 12;

    private static final int QUIET_MINUTES = 12;
    private static final int RUSH = 7;
    private static final Duration BETWEEN = Duration.ofMillis(300);

    private final OneMachine machine;
    private Optional<String> traceParent = Optional.empty();
    private int sent;

    Rushers(OneMachine machine) {
        this.machine = machine;
    }

    /** Every one of them once a minute, from this instant on. */
    void payQuietly(Instant from) {
        try (var producer = machine.producer()) {
            for (int minute = 0; minute < QUIET_MINUTES; minute++) {
                all(producer, from.plus(Duration.ofMinutes(minute)));
            }
        }
    }

    /** Every one of them many times, beginning with the minute; then once more when its windows are over. */
    void rush(Instant minute) {
        try (var producer = machine.producer()) {
            for (int i = 0; i < RUSH; i++) {
                all(producer, minute.plus(BETWEEN.multipliedBy(i)));
            }
            all(producer, minute.plus(Duration.ofMinutes(1)));
        }
    }

    /** What they send from now on belongs to this trace (W3C Trace Context). */
    void belongTo(String header) {
        traceParent = Optional.of(header);
    }

    /** Records so far. */
    int sent() {
        return sent;
    }

    private void all(KafkaProducer<byte[], byte[]> producer, Instant at) {
        for (int i = 0; i < CUSTOMERS; i++) {
            var user = "rusher-" + i;
            var value = "{\"transaction_id\":\"rush-" + sent++ + "\",\"user_id\":\"" + user
                    + "\",\"amount\":12.5,\"timestamp\":\"" + at + "\"}";
            var record = new ProducerRecord<>("transactions", user.getBytes(UTF_8), value.getBytes(UTF_8));
            traceParent.ifPresent(header -> record.headers().add("traceparent", header.getBytes(UTF_8)));
            producer.send(record);
        }
    }
}
