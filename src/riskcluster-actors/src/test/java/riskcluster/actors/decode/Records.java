package riskcluster.actors.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/** Input records of tests, and what became of them. */
final class Records {
    /** 2026-07-01 00:00 UTC. */
    static final long KAFKA_TIME_MILLIS = 1_782_864_000_000L;

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);

    private Records() {}

    static LogRecord of(@Nullable String key, byte @Nullable [] value) {
        var keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new LogRecord(SOURCE, 0, KAFKA_TIME_MILLIS, keyBytes, value, List.of());
    }

    static LogRecord of(@Nullable String key, String value) {
        return of(key, value.getBytes(StandardCharsets.UTF_8));
    }

    static Transaction accepted(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Accepted(var transaction) -> transaction;
            case Decoded.Rejected(var outcome) -> throw new AssertionError(outcome.toString());
            case Decoded.Undecided(var why) -> throw new AssertionError(why);
        };
    }

    static Outcome.Rejected rejected(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Rejected(var outcome) -> outcome;
            default -> throw new AssertionError("not rejected: " + decoded);
        };
    }
}
