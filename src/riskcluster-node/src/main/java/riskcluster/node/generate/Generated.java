package riskcluster.node.generate;

import org.jspecify.annotations.Nullable;

/**
 * One generated record, ready to be sent, with its label beside it.
 *
 * @param key UTF-8 user id; absent only in a bad record
 * @param value JSON; broken only in a bad record
 * @param eventTimeMicros microseconds since 1970 UTC
 * @param bad the record breaks the data contract on purpose
 * @param resent the same bytes were sent before
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the producer once, never compared
public record Generated(
        byte @Nullable [] key,
        byte[] value,
        long eventTimeMicros,
        String transactionId,
        Scenario scenario,
        boolean bad,
        boolean resent) {}
