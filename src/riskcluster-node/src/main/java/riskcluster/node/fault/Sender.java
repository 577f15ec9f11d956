package riskcluster.node.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import riskcluster.node.generate.Generated;
import riskcluster.node.generate.Generator;

/**
 * Sends generated records at a steady rate until it is closed, and notes what became of each. Most go alone; now and
 * then some go in a transaction, and every second transaction is aborted, so that the input has gaps.
 */
final class Sender implements AutoCloseable {

    private static final int TRANSACTION_EVERY = 500;
    private static final int TRANSACTION_RECORDS = 10;
    private static final int TRACED_ONE_IN = 7;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final KafkaProducer<byte[], byte[]> single;
    private final KafkaProducer<byte[], byte[]> transactional;
    private final Supplier<Generated> bank;
    private final int recordsPerSecond;
    private final Sent sent = new Sent();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean ended;

    private Sender(String bootstrap, Supplier<Generated> bank, int recordsPerSecond) {
        this.bank = bank;
        this.recordsPerSecond = recordsPerSecond;
        this.single = producer(bootstrap, Map.of());
        this.transactional = producer(bootstrap, Map.of("transactional.id", "sender"));
        this.thread = Thread.ofPlatform().name("sender").unstarted(this::run);
    }

    /** Begins to send what a generator makes. */
    static Sender start(String bootstrap, Generator generator, int recordsPerSecond) {
        return start(bootstrap, generator::next, recordsPerSecond);
    }

    /** Begins to send. */
    static Sender start(String bootstrap, Supplier<Generated> bank, int recordsPerSecond) {
        var sender = new Sender(bootstrap, bank, recordsPerSecond);
        sender.transactional.initTransactions();
        sender.thread.start();
        return sender;
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap, Map<String, Object> more) {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("enable.idempotence", true);
        settings.put("acks", "all");
        settings.put("linger.ms", 5);
        settings.putAll(more);
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
                send(single, index, sent::add);
                if (index % TRANSACTION_EVERY == TRANSACTION_EVERY - 1) {
                    transaction(index, index / TRANSACTION_EVERY % 2 == 0);
                }
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    private void transaction(long index, boolean commit) {
        var places = new ConcurrentHashMap<Place, Long>();
        transactional.beginTransaction();
        for (int i = 0; i < TRANSACTION_RECORDS; i++) {
            send(transactional, index, places::put);
        }
        transactional.flush();
        if (commit) {
            transactional.commitTransaction();
            sent.addAll(places);
        } else {
            transactional.abortTransaction();
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, long index, BiConsumer<Place, Long> noted) {
        var record = record(index, bank.get());
        long fingerprint = Sent.fingerprint(record.key(), record.value());
        producer.send(record, (written, refused) -> {
            if (refused != null) {
                failure.compareAndSet(null, refused);
            } else {
                noted.accept(new Place(written.partition(), written.offset()), fingerprint);
            }
        });
    }

    private static ProducerRecord<byte[], byte[]> record(long index, Generated generated) {
        var record = record(generated);
        if (index % TRACED_ONE_IN == 0) {
            record.headers().add("traceparent", ("00-" + index + "-01").getBytes(UTF_8));
        }
        return record;
    }

    @SuppressWarnings("NullAway") // Kafka takes a record without a key; its annotations do not say so
    private static ProducerRecord<byte[], byte[]> record(Generated generated) {
        return new ProducerRecord<>(Ground.INPUT, generated.key(), generated.value());
    }

    /** How many records are known to be in the log. */
    int count() {
        return sent.size();
    }

    /** Sends no more, waits for all answers, and tells what was produced. */
    Sent end() throws InterruptedException {
        ended = true;
        thread.join();
        single.flush();
        var refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("a record could not be produced", refused);
        }
        return sent;
    }

    @Override
    public void close() {
        ended = true;
        for (var producer : List.of(single, transactional)) {
            producer.close();
        }
    }
}
