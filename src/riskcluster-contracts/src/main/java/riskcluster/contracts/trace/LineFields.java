package riskcluster.contracts.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import java.util.regex.Pattern;
import riskcluster.contracts.log.LogRecord;

/**
 * The names under which a line of a node's log tells of which partition, record and customer it speaks. They are given
 * with the line and not kept around it (MDC): that would cost something with each message of an actor, line or not.
 */
public final class LineFields {

    /** Number of a partition of the input. */
    public static final String PARTITION = "partition";

    /** Of a record in its partition. */
    public static final String OFFSET = "offset";

    /** A customer's pseudonym; his user id is in no line. */
    public static final String CUSTOMER_KEY = "customer_key";

    /** Of the trace that a record's producer began, 32 hexadecimal digits. */
    public static final String TRACE_ID = "trace_id";

    private static final String TRACE_PARENT = "traceparent";
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{2}-(?<trace>[0-9a-f]{32})-.*");

    private LineFields() {}

    /** The trace that a record belongs to, by its header {@code traceparent}, sampled or not; empty where it says none. */
    public static Optional<String> traceId(LogRecord record) {
        for (var header : record.headers()) {
            var value = header.value();
            if (value != null && header.name().equals(TRACE_PARENT)) {
                var matcher = TRACE.matcher(new String(value, US_ASCII));
                return matcher.matches() ? Optional.of(matcher.group("trace")) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
