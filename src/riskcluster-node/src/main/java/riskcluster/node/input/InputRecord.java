package riskcluster.node.input;

import org.jspecify.annotations.Nullable;

/**
 * One transaction of a file as it is sent.
 *
 * @param key UTF-8 user id; absent where the file has none, which the data contract then rejects
 * @param value JSON
 * @param eventTimeMicros microseconds since 1970 UTC; {@link #TIME_UNKNOWN} where the file's time cannot be read
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the producer once, never compared
public record InputRecord(byte @Nullable [] key, byte[] value, long eventTimeMicros) {

    /** No event time. */
    public static final long TIME_UNKNOWN = Long.MIN_VALUE;
}
