package riskcluster.actors.partition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;

/** A log whose content follows from the offset: every seventh record is bad, every fifth is an alert. */
final class Records {

    static final LogPartition SOURCE = new LogPartition("transactions", 3);
    static final int BAD_EVERY = 7;
    static final int ALERT_EVERY = 5;
    static final int CUSTOMERS = 4;
    static final long BASE_MILLIS = 1_700_000_000_000L;
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private Records() {}

    static Scorer scorer() {
        return new Scorer(new Pseudonyms(Map.of(1, new byte[32])));
    }

    static PolicyTimeline policies() {
        return new PolicyTimeline(
                List.of(new riskcluster.contracts.ledger.PolicySwitch(0, "v")),
                Map.of("v", PolicyFile.bundled("default")));
    }

    static boolean bad(long offset) {
        return offset % BAD_EVERY == 0;
    }

    static boolean loud(long offset) {
        return bad(offset) || offset % ALERT_EVERY == 0;
    }

    static List<LogRecord> between(long from, long to) {
        return LongStream.range(from, to).mapToObj(Records::record).toList();
    }

    /** The same with a record of Avro schema 7 at {@code avroAt}. */
    static List<LogRecord> between(long from, long to, long avroAt) {
        return LongStream.range(from, to)
                .mapToObj(offset -> offset == avroAt ? avro(offset) : record(offset))
                .toList();
    }

    private static LogRecord avro(long offset) {
        var trace = new Header("traceparent", ("00-" + TRACE + "-00f067aa0ba902b7-01").getBytes(UTF_8));
        var value = new byte[] {0, 0, 0, 0, 7};
        return new LogRecord(SOURCE, offset, BASE_MILLIS, "c0".getBytes(UTF_8), value, List.of(trace));
    }

    static LogRecord record(long offset) {
        var user = "c" + offset % CUSTOMERS;
        var value = bad(offset)
                ? "{"
                : "{\"transaction_id\":\"t" + offset + "\",\"user_id\":\"" + user + "\",\"amount\":12.5,\"timestamp\":"
                        + (BASE_MILLIS + offset * 3_600_000L) + ",\"is_fraud\":" + (offset % ALERT_EVERY == 0) + "}";
        return new LogRecord(
                SOURCE,
                offset,
                BASE_MILLIS + offset * 3_600_000L,
                user.getBytes(UTF_8),
                value.getBytes(UTF_8),
                List.of());
    }
}
