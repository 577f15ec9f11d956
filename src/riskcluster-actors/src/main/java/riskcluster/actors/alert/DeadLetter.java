package riskcluster.actors.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogRecord;

/**
 * A rejected record as it goes to the dead letter topic: whole where the topic takes it, else cut, with lengths and
 * hashes of what was cut. A letter that the topic refuses would abort every transaction of its partition; the table of
 * the rejected has the record whole.
 */
record DeadLetter(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {

    static final String REASON = "dq_reason";
    static final String DETAIL = "dq_detail";
    static final String TOPIC = "dq_topic";
    static final String PARTITION = "dq_partition";
    static final String OFFSET = "dq_offset";
    /** Bytes of the whole value, where it was cut. */
    static final String VALUE_LENGTH = "dq_value_length";
    /** SHA-256 of the whole value in lower-case hex, where it was cut. */
    static final String VALUE_SHA256 = "dq_value_sha256";
    /** Likewise of the key. */
    static final String KEY_LENGTH = "dq_key_length";

    static final String KEY_SHA256 = "dq_key_sha256";
    /** How many of the record's own headers were left out. */
    static final String HEADERS_DROPPED = "dq_headers_dropped";

    /** @param bytesMax of a batch with this letter alone, as the topic's {@code max.message.bytes} counts */
    static DeadLetter of(LogRecord record, Outcome.Rejected rejected, int bytesMax) {
        var why = why(record, rejected);
        var whole = new DeadLetter(record.key(), record.value(), joined(record.headers(), why));
        if (whole.bytes() <= bytesMax) {
            return whole;
        }
        var cut = cutValue(record.key(), record.value(), whole.headers(), bytesMax);
        if (cut.bytes() <= bytesMax) {
            return cut;
        }
        why.add(text(HEADERS_DROPPED, Integer.toString(record.headers().size())));
        cut = cutValue(record.key(), record.value(), why, bytesMax);
        return cut.bytes() <= bytesMax ? cut : cut.cutKey(bytesMax);
    }

    private static List<Header> why(LogRecord record, Outcome.Rejected rejected) {
        var headers = new ArrayList<Header>();
        headers.add(text(REASON, rejected.reason().code()));
        headers.add(text(DETAIL, rejected.detail()));
        headers.add(text(TOPIC, record.source().topic()));
        headers.add(text(PARTITION, Integer.toString(record.source().partition())));
        headers.add(text(OFFSET, Long.toString(record.offset())));
        return headers;
    }

    private static DeadLetter cutValue(
            byte @Nullable [] key, byte @Nullable [] value, List<Header> headers, int bytesMax) {
        if (value == null) {
            return new DeadLetter(key, null, headers);
        }
        var told = joined(headers, told(VALUE_LENGTH, VALUE_SHA256, value));
        int room = bytesMax - new DeadLetter(key, null, told).bytes();
        return new DeadLetter(key, Arrays.copyOf(value, Math.clamp(room, 0, value.length)), told);
    }

    private DeadLetter cutKey(int bytesMax) {
        if (key == null) {
            return this;
        }
        var told = joined(headers, told(KEY_LENGTH, KEY_SHA256, key));
        int room = bytesMax - new DeadLetter(null, value, told).bytes();
        return new DeadLetter(Arrays.copyOf(key, Math.clamp(room, 0, key.length)), value, told);
    }

    /** At most so many bytes in a batch of its own. */
    int bytes() {
        return BatchBytes.max(key, value, headers);
    }

    private static List<Header> joined(List<Header> some, List<Header> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static List<Header> told(String lengthName, String hashName, byte[] bytes) {
        return List.of(text(lengthName, Integer.toString(bytes.length)), text(hashName, sha256(bytes)));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Header text(String name, String value) {
        return new Header(name, value.getBytes(UTF_8));
    }
}
