package riskcluster.node.feed;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends records to the input topic; a key always goes to the same partition. Used by one thread. */
public final class Feeder implements AutoCloseable {

    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);
    /** A value may have 1 MiB, and its record a key and overhead besides. */
    private static final int REQUEST_BYTES_MAX = 3 << 20;

    private static final int BATCH_BYTES = 128 << 10;
    private static final long BUFFER_BYTES = 32L << 20;
    private static final int LINGER_MILLIS = 5;

    private final KafkaProducer<byte @Nullable [], byte[]> producer;
    private final String topic;
    private final Pacer pacer;
    private final LongAdder acknowledged = new LongAdder();
    private final DueTimes due = new DueTimes();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * @param recordsPerSecond 0 for as fast as it goes
     */
    public Feeder(String bootstrap, String topic, double recordsPerSecond) {
        this.topic = topic;
        this.pacer = new Pacer(recordsPerSecond);
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "riskcluster-feed",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MILLIS,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        BUFFER_BYTES,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        REQUEST_BYTES_MAX,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends one record when it is due; waits where Kafka is behind. */
    public void send(byte @Nullable [] key, byte[] value) {
        var dueMillis = pacer.await();
        check();
        producer.send(new ProducerRecord<>(topic, key, value), (sent, failed) -> {
            if (failed == null) {
                acknowledged.increment();
                due.put(sent.partition(), sent.offset(), dueMillis);
            } else {
                failure.compareAndSet(null, failed);
            }
        });
    }

    /** Waits until Kafka has everything. */
    public void flush() {
        producer.flush();
        check();
    }

    /** Records that Kafka has. */
    public long acknowledged() {
        return acknowledged.sum();
    }

    /** When each record that Kafka has was due to be sent. */
    public DueTimes due() {
        return due;
    }

    @Override
    public void close() {
        producer.close(CLOSE_MAX);
    }

    private void check() {
        var failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Kafka did not take a record: " + failed.getMessage(), failed);
        }
    }
}
