package riskcluster.node.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A consumer of alerts that notes how long after its due time each alert's record is told to it. */
final class AlertClock implements AutoCloseable {

    /** The header that a partition passes on from a record to its alert carries the due time. */
    static final String DUE = "traceparent";

    private static final Duration POLL_MAX = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Latencies latencies = new Latencies();
    private final LongFunction<Latencies> byStretch;
    private final Set<String> seen = new HashSet<>();
    private final Thread thread;
    private volatile boolean ended;

    AlertClock(String bootstrap, String topic, IsolationLevel isolation) {
        this(bootstrap, topic, isolation, null);
    }

    /** @param byStretch takes the times of a stretch; without it all are one */
    AlertClock(String bootstrap, String topic, IsolationLevel isolation, @Nullable LongFunction<Latencies> byStretch) {
        this.byStretch = byStretch == null ? stretch -> latencies : byStretch;
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("isolation.level", isolation.toString());
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        var bytes = new ByteArrayDeserializer();
        this.consumer = new KafkaConsumer<>(settings, bytes, bytes);
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList());
        this.thread = Thread.ofPlatform().name("alerts " + isolation).unstarted(this::run);
    }

    /** What stands in the header: when the record was due, microseconds since 1970, and the number of its stretch. */
    static String due(long micros, long stretch) {
        return micros + " " + stretch;
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!ended) {
            var polled = consumer.poll(POLL_MAX);
            long now =
                    ChronoUnit.MICROS.between(Instant.EPOCH, Clock.systemUTC().instant());
            polled.forEach(alert -> note(alert, now));
        }
    }

    /** A fast reader may see an alert again: the first time counts. */
    private void note(ConsumerRecord<byte[], byte[]> alert, long now) {
        var due = alert.headers().lastHeader(DUE);
        var id = alert.headers().lastHeader("ce_id");
        if (due != null && id != null && seen.add(new String(id.value(), UTF_8))) {
            var words = new String(due.value(), UTF_8).split(" ", 2);
            byStretch.apply(words.length < 2 ? 0 : Long.parseLong(words[1])).add(now - Long.parseLong(words[0]));
        }
    }

    /** Ends it, and tells what it has noted. */
    Latencies end() throws InterruptedException {
        // one more poll is awaited: what is committed by now has been seen after it
        Thread.sleep(POLL_MAX.multipliedBy(2));
        ended = true;
        thread.join();
        return latencies;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
