package riskcluster.actors.score;

import java.util.Map;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.transaction.Transaction;

/** What tests of scoring have in common: a scorer, small transactions, and their decisions. */
final class Tries {
    static final Scorer SCORER = new Scorer(new Pseudonyms(Map.of(1, new byte[32])));
    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;
    /** 2026-01-06 10:00 UTC. */
    static final long NOON = 1_767_693_600_000_000L;

    private Tries() {}

    static Transaction transaction(String user, String id, long units, long micros) {
        return new Transaction(id, user, units, micros, null, null, null, null, null, null, null);
    }

    static Decision decided(Scored scored) {
        return switch (scored.outcome()) {
            case Outcome.Decided(var decision) -> decision;
            default -> throw new AssertionError(scored.outcome().toString());
        };
    }
}
