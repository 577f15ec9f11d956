package riskcluster.node.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import riskcluster.node.embedded.EmbeddedKafka;
import riskcluster.node.fault.Ground;

/**
 * The program of a {@link BrokerProcess}: a broker with those who send to it and who read its alerts, so that the node's
 * process has nothing to do with any of them. It does what it is told on its standard input, and ends with that.
 */
final class BrokerProgram {

    /** Said once, with the address behind it. */
    static final String LISTENS = "broker listens at ";

    /** With records, customers and seed: they are sent as fast as it goes. */
    static final String FILL = "fill";

    /**
     * With records a second, seconds before those that are measured, those, customers, seed and the topic of the alerts,
     * which are read from now on.
     */
    static final String SEND = "send";

    /** The part of sending that comes before what is measured. */
    static final String WARM_UP = "warm-up";

    /** The readers' times are wanted; they read no more. */
    static final String END = "end";

    /** Said after each of them, behind what it has to tell. */
    static final String DONE = "broker is done with ";

    private static final int LINGER_MILLIS = 20;

    private BrokerProgram() {}

    /** Argument: the folder. On standard input, line by line: one of the words above and its numbers. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (var kafka = EmbeddedKafka.start(Path.of(args[0]), 0);
                var readers = new Readers();
                var told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(LISTENS + kafka.bootstrap());
            for (var line = told.readLine(); line != null; line = told.readLine()) {
                var words = line.split(" ");
                switch (words[0]) {
                    case FILL ->
                        fill(
                                kafka.bootstrap(),
                                Integer.parseInt(words[1]),
                                Integer.parseInt(words[2]),
                                Long.parseLong(words[3]));
                    case SEND -> {
                        readers.start(kafka.bootstrap(), words[6]);
                        SteadySender.send(
                                kafka.bootstrap(),
                                Integer.parseInt(words[1]),
                                Integer.parseInt(words[2]),
                                Integer.parseInt(words[3]),
                                Integer.parseInt(words[4]),
                                Long.parseLong(words[5]),
                                () -> System.out.println(DONE + WARM_UP));
                    }
                    case END -> readers.end().tell(System.out);
                    default -> throw new IllegalArgumentException("a broker is not told to " + words[0]);
                }
                System.out.println(DONE + words[0]);
            }
        }
        System.exit(0);
    }

    private static void fill(String bootstrap, int records, int customers, long seed) {
        var generator = MadeUpBank.generator(customers, seed, MadeUpBank.ALERT_SHARE);
        try (var sends = new CountedSends(bootstrap, LINGER_MILLIS)) {
            for (int i = 0; i < records; i++) {
                var next = generator.next();
                sends.send(new ProducerRecord<>(Ground.INPUT, next.key(), next.value()));
            }
        }
    }

    /** Two consumers of the alerts: one of those that are committed, one of all. */
    private static final class Readers implements AutoCloseable {

        private AlertClock[] clocks = {};

        void start(String bootstrap, String topic) {
            clocks = new AlertClock[] {
                new AlertClock(bootstrap, topic, IsolationLevel.READ_COMMITTED),
                new AlertClock(bootstrap, topic, IsolationLevel.READ_UNCOMMITTED)
            };
            for (var clock : clocks) {
                clock.start();
            }
        }

        Figures end() throws InterruptedException {
            var figures = new Figures();
            clocks[0].end().into(figures, "alert_exact");
            clocks[1].end().into(figures, "alert_fast");
            return figures;
        }

        @Override
        public void close() {
            for (var clock : clocks) {
                clock.close();
            }
        }
    }
}
