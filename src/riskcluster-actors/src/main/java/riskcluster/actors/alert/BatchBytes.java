package riskcluster.actors.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.Header;

/** How large a batch with one message in it may become, as a topic's {@code max.message.bytes} counts. */
final class BatchBytes {

    /** A batch's head, and at most what a record has in numbers (Kafka's message format, version 2). */
    private static final int BATCH_BYTES = 61;

    private static final int RECORD_BYTES_MAX = 40;
    private static final int HEADER_BYTES_MAX = 10;

    private BatchBytes() {}

    /** At most so many bytes, uncompressed. */
    static int max(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
        int bytes = BATCH_BYTES + RECORD_BYTES_MAX + length(key) + length(value);
        for (var header : headers) {
            bytes += HEADER_BYTES_MAX + header.name().getBytes(UTF_8).length + length(header.value());
        }
        return bytes;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
