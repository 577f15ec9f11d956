package riskcluster.node.bench;

import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends made-up records in batches that cost the broker little, and counts those that it refuses. */
final class CountedSends implements AutoCloseable {

    private static final int BATCH_BYTES = 128 * 1_024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicLong refused = new AtomicLong();

    /** @param lingerMillis so long a record waits for company */
    CountedSends(String bootstrap, int lingerMillis) {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("acks", "all");
        settings.put("linger.ms", lingerMillis);
        settings.put("batch.size", BATCH_BYTES);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Waits for nobody. */
    void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (place, failure) -> {
            if (failure != null) {
                refused.incrementAndGet();
            }
        });
    }

    /** Waits until the broker has all of them; fails where it refused one. */
    @Override
    public void close() {
        producer.close();
        if (refused.get() > 0) {
            throw new IllegalStateException(refused.get() + " records could not be produced");
        }
    }
}
