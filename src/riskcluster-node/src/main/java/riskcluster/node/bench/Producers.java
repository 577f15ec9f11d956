package riskcluster.node.bench;

import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers of made-up records: each record counts, in batches of a size that costs the broker little. */
final class Producers {

    private static final int BATCH_BYTES = 128 * 1_024;

    private Producers() {}

    /** @param lingerMillis so long a record waits for company */
    static KafkaProducer<byte[], byte[]> of(String bootstrap, int lingerMillis) {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("acks", "all");
        settings.put("linger.ms", lingerMillis);
        settings.put("batch.size", BATCH_BYTES);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
