package riskcluster.contracts.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of the input log as it was read: its coordinates and its bytes, untouched.
 *
 * @param offset position in the partition
 * @param kafkaTimeMillis the broker's or producer's time of the message, milliseconds since 1970 UTC
 * @param key the bytes of the key, absent where the message has none
 * @param value the bytes of the value, absent where the message has none
 * @param tombstone what is left of it where it was erased for a customer's privacy; then it has no bytes
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are shared, never written to, and never compared
public record LogRecord(
        LogPartition source,
        long offset,
        long kafkaTimeMillis,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        @Nullable Tombstone tombstone) {

    /** A record that is whole. */
    public LogRecord(
            LogPartition source,
            long offset,
            long kafkaTimeMillis,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers) {
        this(source, offset, kafkaTimeMillis, key, value, headers, null);
    }

    /** The same record once it is erased. */
    public LogRecord erased(Tombstone left) {
        return new LogRecord(source, offset, kafkaTimeMillis, null, null, List.of(), left);
    }

    /** Bytes of key, value and headers. */
    public int bytes() {
        int bytes = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (int i = 0; i < headers.size(); i++) { // most have none, and for none an iterator is dear
            var content = headers.get(i).value();
            bytes += headers.get(i).name().length() + (content == null ? 0 : content.length);
        }
        return bytes;
    }

    /** {@code topic/partition/offset}: the id of whatever this record causes. */
    public String coordinates() {
        return source.topic() + "/" + source.partition() + "/" + offset;
    }
}
