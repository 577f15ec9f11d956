package riskcluster.actors.replay;

import java.util.HashMap;
import java.util.Map;
import riskcluster.actors.decode.Decoded;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.partition.PolicyTimeline;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/**
 * One partition's log as it is decided again from its beginning: the same decoder and scorer, each record under the
 * policy that was in force at it. Used by one thread at a time.
 */
public final class ReplayedPartition {

    private final Decoder decoder;
    private final Scorer scorer;
    private final PolicyTimeline policies;
    private final CorrectedSpans corrections;
    private final Map<String, Profile> profiles = new HashMap<>();
    private Policy policy;
    private long policyEnd;
    private long position;

    /** A partition before its first record. */
    public ReplayedPartition(Decoder decoder, Scorer scorer, PolicyTimeline policies) {
        this(decoder, scorer, policies, CorrectedSpans.NONE);
    }

    /** The same, of whose log some stretches were decided by other policies later. */
    public ReplayedPartition(Decoder decoder, Scorer scorer, PolicyTimeline policies, CorrectedSpans corrections) {
        this.corrections = corrections;
        this.decoder = decoder;
        this.scorer = scorer;
        this.policies = policies;
        this.policy = policies.at(0);
        this.policyEnd = policies.nextAfter(0);
    }

    /**
     * What a record came to.
     *
     * @param ofTheTime by the policy that was in force: alerts were sent by it
     * @param standing what the tables say now; the same where the record was not corrected
     */
    public record Outcomes(Outcome ofTheTime, Outcome standing) {}

    /** What the tables say that the record comes to; see {@link #outcomes}. */
    public Judged decide(LogRecord record) {
        return new Judged(record, outcomes(record).standing());
    }

    /**
     * What the record comes to.
     *
     * @param record with a greater offset than every one before
     * @throws IllegalStateException where its schema was never recorded, so that it cannot have been decided
     */
    public Outcomes outcomes(LogRecord record) {
        if (record.offset() < position) {
            throw new IllegalArgumentException(
                    record.coordinates() + " comes after the record at " + (position - 1) + ": not the log's order");
        }
        position = record.offset() + 1;
        if (record.offset() >= policyEnd) {
            policy = policies.at(record.offset());
            policyEnd = policies.nextAfter(record.offset());
        }
        return outcome(record);
    }

    private Outcomes outcome(LogRecord record) {
        var left = record.tombstone();
        if (left != null) {
            return once(new Outcome.Erased(left));
        }
        return switch (decoder.decode(record, policy.schemaRegistry(), policy.extraFields())) {
            case Decoded.Accepted(var transaction) -> score(transaction, record.offset());
            case Decoded.Rejected(var rejected) -> once(rejected);
            case Decoded.Undecided(var why) ->
                throw new IllegalStateException(record.coordinates() + " cannot be decoded: " + why);
        };
    }

    private static Outcomes once(Outcome outcome) {
        return new Outcomes(outcome, outcome);
    }

    /** A correction replaces what is said of the record and not what the customer's later records see of it. */
    private Outcomes score(Transaction transaction, long offset) {
        var before = profiles.getOrDefault(transaction.userId(), Profile.EMPTY);
        var scored = scorer.score(before, transaction, offset, policy);
        profiles.put(transaction.userId(), scored.profile());
        var corrected = corrections.at(offset);
        return corrected.isEmpty()
                ? once(scored.outcome())
                : new Outcomes(
                        scored.outcome(),
                        scorer.score(before, transaction, offset, corrected.get())
                                .outcome());
    }
}
