package riskcluster.node.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import riskcluster.node.fault.Ground;

/** Customers who all do the same: each one's transactions lie hours apart. */
final class EvenCustomers {

    private static final long HOURS_APART = 17;
    private static final int LINGER_MILLIS = 20;
    private static final Instant FIRST = Instant.parse("2025-03-01T00:00:00Z");

    private EvenCustomers() {}

    /**
     * Sends to the setting's input and returns when the broker has it all.
     *
     * @param first number of the first customer
     * @param customers how many
     * @param from number of the first transaction of each; forty of them lie within thirty days
     * @param to number after the last one
     */
    static void send(Setting setting, int first, int customers, int from, int to) {
        try (var sends = setting.sends(LINGER_MILLIS)) {
            for (int t = from; t < to; t++) {
                var time = FIRST.plus(Duration.ofHours(t * HOURS_APART));
                for (int c = first; c < first + customers; c++) {
                    var user = "customer-" + c;
                    var json = "{\"transaction_id\":\"" + user + "-" + t + "\",\"user_id\":\"" + user
                            + "\",\"amount\":" + (10 + c % 90) + ".25,\"timestamp\":\"" + time.plusSeconds(c % 3_600)
                            + "\",\"currency\":\"EUR\",\"merchant\":\"shop-" + c % 500 + "\"}";
                    sends.send(new ProducerRecord<>(Ground.INPUT, user.getBytes(UTF_8), json.getBytes(UTF_8)));
                }
            }
        }
    }
}
