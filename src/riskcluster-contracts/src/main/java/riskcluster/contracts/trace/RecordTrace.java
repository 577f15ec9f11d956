package riskcluster.contracts.trace;

import java.util.List;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.LogRecord;

/**
 * The way of one partition's records that ask to be followed by a {@code traceparent} header (W3C Trace Context). It
 * hears of all records and picks those itself. Never blocks, never throws.
 */
public interface RecordTrace {

    /** Follows nothing. */
    RecordTrace NONE = new RecordTrace() {};

    /** These were read from the log, in its order. */
    default void arrived(List<LogRecord> records) {}

    /** These went through their customers, in the log's order. */
    default void decided(List<Judged> judged) {}

    /** Alerts and dead letters of records below this offset are committed in Kafka. */
    default void alertsCommitted(long cursor) {}
}
