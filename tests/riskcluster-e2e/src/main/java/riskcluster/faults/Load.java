package riskcluster.faults;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generated;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/**
 * Records at a steady rate, and the log of their producer: partition, offset and checksums of each one that Kafka has
 * taken. It waits for a broker that is away as long as a run lasts.
 */
final class Load implements AutoCloseable {

    private static final String TOPIC = "transactions";
    private static final int CUSTOMERS = 4_000;
    private static final int PATIENCE_MILLIS = 30 * 60 * 1_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final KafkaProducer<byte[], byte[]> producer;
    private final BufferedWriter log;
    private final Generator generator;
    private final int recordsPerSecond;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean ended;

    private Load(String bootstrap, Path file, long seed, int recordsPerSecond) throws IOException {
        this.producer = producer(bootstrap);
        this.log = Files.newBufferedWriter(file);
        this.recordsPerSecond = recordsPerSecond;
        this.generator = new Generator(
                GeneratorSettings.usual(seed)
                        .withCustomers(CUSTOMERS)
                        .withAlertShare(0.2)
                        .withBadShare(0.02)
                        .withLateShare(0.03)
                        .withDuplicateShare(0.03),
                EventClock.natural(EventClock.USUAL_START, CUSTOMERS));
        this.thread = Thread.ofPlatform().name("load").unstarted(this::run);
    }

    /** Begins. */
    static Load start(String bootstrap, Path file, long seed, int recordsPerSecond) throws IOException {
        var load = new Load(bootstrap, file, seed, recordsPerSecond);
        load.thread.start();
        return load;
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("enable.idempotence", true);
        settings.put("acks", "all");
        settings.put("linger.ms", 5);
        settings.put("delivery.timeout.ms", PATIENCE_MILLIS);
        settings.put("max.block.ms", PATIENCE_MILLIS);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void run() {
        long began = System.nanoTime();
        for (long index = 0; !ended && failure.get() == null; index++) {
            long due = began + index * NANOS_PER_SECOND / recordsPerSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            try {
                send(generator.next());
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    @SuppressWarnings("NullAway") // Kafka takes a record without a key; its annotations do not say so
    private void send(Generated record) {
        var line = crc(record.key()) + "," + crc(record.value());
        producer.send(new ProducerRecord<>(TOPIC, record.key(), record.value()), (written, refused) -> {
            if (refused != null) {
                failure.compareAndSet(null, refused);
                return;
            }
            try {
                log.write(written.partition() + "," + written.offset() + "," + line + "\n");
                count.incrementAndGet();
            } catch (IOException e) {
                failure.compareAndSet(null, e); // a full disk here ends the run: the judge would miss lines
            }
        });
    }

    /** The checksum, and nothing for nothing. */
    private static String crc(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "";
        }
        var crc = new CRC32();
        crc.update(bytes);
        return Long.toString(crc.getValue());
    }

    int count() {
        return count.get();
    }

    /** Sends no more and waits until Kafka has taken everything. */
    void end() throws InterruptedException, IOException {
        ended = true;
        thread.join();
        producer.flush();
        var refused = failure.get();
        if (refused != null) {
            throw new IOException("a record could not be produced", refused);
        }
        producer.close();
        log.close();
    }

    @Override
    public void close() throws IOException {
        ended = true;
        producer.close(java.time.Duration.ZERO);
        log.close();
    }
}
