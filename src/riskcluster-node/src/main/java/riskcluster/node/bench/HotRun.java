package riskcluster.node.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import riskcluster.node.fault.Ground;
import riskcluster.node.fault.Standing;
import riskcluster.node.generate.Generator;

/**
 * Sends at a steady rate, evenly and then most of it by one customer all of whose records are alerts, in turns over the
 * same node, and measures how long the others' alerts take from the time at which their record was due. Of each pair the
 * machine's mood is the same, which it is not from one process to the next.
 */
final class HotRun {

    /** Of an even stretch and a hot one each. */
    static final int PAIRS = 3;

    private static final int CUSTOMERS = 100_000;
    private static final double ALERT_SHARE = 0.1;
    private static final int WARM_UP_SECONDS = 30;

    /** After a stretch nothing is measured, so that what it has left behind does not count for the next. */
    private static final int GAP_SECONDS = 5;

    private static final int LINGER_MILLIS = 5;
    private static final Duration MOST = Duration.ofMinutes(2);
    private static final String HOT = "hot";

    private final Setting setting;
    private final int rate;
    private final int seconds;
    private final long seed;
    private final double hotShare;
    private final List<Latencies> stretches =
            Stream.generate(Latencies::new).limit(2L * PAIRS).toList();

    private HotRun(Setting setting, int rate, int seconds, long seed, double hotShare) {
        this.setting = setting;
        this.rate = rate;
        this.seconds = seconds;
        this.seed = seed;
        this.hotShare = hotShare;
    }

    /** Arguments: records a second, seconds of a stretch, partitions, seed, share of the hot customer. */
    public static void main(String[] args) throws Exception {
        try (var setting = Setting.make(Integer.parseInt(args[2]), Gold.WINDOWS)) {
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

    /** How many times the others' p99 is the calm one beside the hot customer, in this pair. */
    static String ratio(int pair) {
        return "pair_" + pair + "_hot_over_calm_p99";
    }

    private Figures run() throws InterruptedException {
        var figures = new Figures().put("load_before", Machine.load()).put("hot_share", hotShare);
        var alerts = setting.config().topics().alerts();
        try (var node = setting.node();
                var exact = new AlertClock(
                        setting.ground().bootstrap(), alerts, IsolationLevel.READ_COMMITTED, this::latencies)) {
            exact.start();
            send();
            Standing.await(node.config(), MOST);
            exact.end();
            tell(figures);
        }
        return figures.put("load_after", Machine.load());
    }

    private void tell(Figures figures) {
        for (int pair = 1; pair <= PAIRS; pair++) {
            var calm = "pair_" + pair + "_calm_others";
            var hot = "pair_" + pair + "_hot_others";
            stretches.get(2 * pair - 2).into(figures, calm);
            stretches.get(2 * pair - 1).into(figures, hot);
            figures.put(ratio(pair), figures.value(hot + "_p99_ms") / figures.value(calm + "_p99_ms"));
        }
    }

    private Latencies latencies(long stretch) {
        return stretches.get((int) stretch);
    }

    private void send() {
        var generator = MadeUpBank.generator(CUSTOMERS, seed, ALERT_SHARE);
        var dice = new Random(seed);
        long warmUp = (long) WARM_UP_SECONDS * rate;
        long stretch = (long) (GAP_SECONDS + seconds) * rate;
        long records = warmUp + stretch * stretches.size();
        try (var sends = setting.sends(LINGER_MILLIS)) {
            var beat = new Beat(rate);
            for (long i = 0; i < records; i++) {
                long dueMicros = beat.await(i);
                long number = Math.max(0, i - warmUp) / stretch;
                boolean measured = i >= warmUp && (i - warmUp) % stretch >= (long) GAP_SECONDS * rate;
                boolean hot = number % 2 == 1 && dice.nextDouble() < hotShare;
                sends.send(hot ? hot(i, dueMicros) : other(generator, measured, number, dueMicros));
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> other(
            Generator generator, boolean measured, long stretch, long dueMicros) {
        var next = generator.next();
        var record = new ProducerRecord<>(Ground.INPUT, next.key(), next.value());
        if (measured) {
            record.headers()
                    .add(AlertClock.DUE, AlertClock.due(dueMicros, stretch).getBytes(UTF_8));
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
