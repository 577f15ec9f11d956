package riskcluster.node.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import riskcluster.node.embedded.EmbeddedKafka;
import riskcluster.node.fault.Ground;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/**
 * The program of a {@link BrokerProcess}: a broker that fills its own input when it is told to, so that the node's
 * process has nothing to do with that, and ends with its standard input.
 */
final class BrokerProgram {

    /** Said once, with the address behind it. */
    static final String LISTENS = "broker listens at ";

    /** Said after each filling. */
    static final String FILLED = "broker is filled";

    private static final int LINGER_MILLIS = 20;
    private static final int BATCH_BYTES = 128 * 1_024;

    private BrokerProgram() {}

    /** Argument: the folder. On standard input, line by line: records, customers and seed of a filling. */
    public static void main(String[] args) throws IOException {
        try (var kafka = EmbeddedKafka.start(Path.of(args[0]), 0);
                var told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(LISTENS + kafka.bootstrap());
            for (var line = told.readLine(); line != null; line = told.readLine()) {
                var words = line.split(" ");
                fill(
                        kafka.bootstrap(),
                        Integer.parseInt(words[0]),
                        Integer.parseInt(words[1]),
                        Long.parseLong(words[2]));
                System.out.println(FILLED);
            }
        }
        System.exit(0);
    }

    private static void fill(String bootstrap, int records, int customers, long seed) {
        var bank =
                GeneratorSettings.usual(seed).clean().withCustomers(customers).withAlertShare(0.01);
        var generator = new Generator(bank, EventClock.natural(EventClock.USUAL_START, customers));
        var refused = new AtomicLong();
        try (var producer = producer(bootstrap)) {
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

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("acks", "all");
        settings.put("linger.ms", LINGER_MILLIS);
        settings.put("batch.size", BATCH_BYTES);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
