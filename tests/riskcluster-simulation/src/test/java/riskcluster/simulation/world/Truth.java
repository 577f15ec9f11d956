package riskcluster.simulation.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import riskcluster.actors.alert.Loud;
import riskcluster.actors.anomaly.Tempos;
import riskcluster.actors.anomaly.Watch;
import riskcluster.actors.decode.Decoded;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.simulation.fault.Invariant;

/**
 * What an undisturbed run gives: the plain fold of each partition's log, once for every policy. Policies here differ in
 * nothing that changes a profile, so a timeline of them takes each record from the fold of the policy in force.
 */
public final class Truth {

    private static final long HALF_HOUR_MICROS = 1_800_000_000L;

    private final Decoder decoder = new Decoder(SchemaRegistry.empty());
    private final Map<LogPartition, Map<String, TreeMap<Long, Fact>>> facts = new HashMap<>();
    private final Stars stars = new Stars(this);

    /**
     * What becomes of one record under one policy.
     *
     * @param loud whether it is told outside
     * @param count30m as a second implementation counts it; 0 where nothing is decided
     */
    public record Fact(long offset, Outcome outcome, long content, boolean loud, int count30m) {}

    /** Folds the whole input. */
    public Truth(InputTopic input, List<Policy> policies, Scorer scorer) {
        for (var source : input.sources()) {
            var byPolicy = new HashMap<String, TreeMap<Long, Fact>>();
            for (var policy : policies) {
                byPolicy.put(policy.version(), fold(input.records(source), policy, scorer));
            }
            facts.put(source, byPolicy);
        }
    }

    private TreeMap<Long, Fact> fold(List<LogRecord> records, Policy policy, Scorer scorer) {
        var profiles = new HashMap<String, Profile>();
        var earlier = new HashMap<String, List<Transaction>>();
        var watch = new Watch(Ports.ANOMALIES, new AllTempos(), Long.MIN_VALUE, List.of());
        var folded = new TreeMap<Long, Fact>();
        for (var record : records) {
            Outcome outcome = switch (decoder.decode(record)) {
                case Decoded.Rejected(var rejected) -> rejected;
                case Decoded.Undecided(var why) -> throw new IllegalStateException(why);
                case Decoded.Accepted(var transaction) -> {
                    var profile = profiles.getOrDefault(transaction.userId(), Profile.EMPTY);
                    var scored = scorer.score(profile, transaction, record.offset(), policy);
                    profiles.put(transaction.userId(), scored.profile());
                    yield scored.outcome();
                }
            };
            int count = count(outcome, earlier);
            var judged = watch.follow(List.of(new Judged(record, outcome))).getFirst();
            folded.put(record.offset(), new Fact(record.offset(), outcome, Content.of(judged), Loud.is(judged), count));
        }
        return folded;
    }

    /** The tempos of customers who never leave. */
    private static final class AllTempos implements Watch.Customers {
        private final Map<String, Tempos> all = new HashMap<>();

        @Override
        public Tempos tempos(String userId) {
            return all.getOrDefault(userId, Tempos.NONE);
        }

        @Override
        public void tempos(String userId, Tempos tempos) {
            all.put(userId, tempos);
        }
    }

    /** The customer's earlier decided records in (t - 30 min, t], late ones left out, and this one. */
    private static int count(Outcome outcome, Map<String, List<Transaction>> earlier) {
        if (!(outcome instanceof Outcome.Decided(var decision))) {
            return 0;
        }
        var transaction = decision.transaction();
        var his = earlier.computeIfAbsent(transaction.userId(), absent -> new ArrayList<>());
        long until = transaction.eventTimeMicros();
        int count = 1;
        for (var before : his) {
            if (before.eventTimeMicros() > until - HALF_HOUR_MICROS && before.eventTimeMicros() <= until) {
                count++;
            }
        }
        if (!decision.late()) {
            his.add(transaction);
        }
        return count;
    }

    /** What becomes of this record under this policy; empty where there is no such record. */
    public Optional<Fact> of(LogPartition source, long offset, String policyVersion) {
        return Optional.ofNullable(all(source, policyVersion).get(offset));
    }

    /** Whether a decision's window holds what the second implementation counts. */
    void checkWindows(Judged judged, Book book) {
        if (judged.outcome() instanceof Outcome.Decided(var decision)) {
            var record = judged.record();
            of(record.source(), record.offset(), decision.policyVersion())
                    .ifPresent(fact -> book.must(
                            Invariant.WindowsFollowTheLog,
                            fact.count30m() == decision.count30m(),
                            () -> record.coordinates() + " counts " + decision.count30m()
                                    + " in 30 minutes, the log holds " + fact.count30m()));
        }
    }

    /** What becomes of the records in [from, to) under this timeline. */
    public List<Fact> between(LogPartition source, long from, long to, List<PolicySwitch> switches) {
        var found = new ArrayList<Fact>();
        for (long offset :
                all(source, switches.getFirst().version()).subMap(from, to).keySet()) {
            of(source, offset, version(switches, offset)).ifPresent(found::add);
        }
        return found;
    }

    /** Whether what a row tells of its customer is what an undisturbed run tells under this timeline. */
    boolean isStar(LogPartition source, Store.Row row, List<PolicySwitch> switches) {
        return stars.at(source, row.offset(), switches) == row.star();
    }

    /** The version of the policy in force at this offset. */
    public static String version(List<PolicySwitch> switches, long offset) {
        var version = switches.getFirst().version();
        for (var placed : switches) {
            if (placed.offset() <= offset) {
                version = placed.version();
            }
        }
        return version;
    }

    private TreeMap<Long, Fact> all(LogPartition source, String policyVersion) {
        var byPolicy = facts.getOrDefault(source, Map.of());
        return byPolicy.getOrDefault(policyVersion, new TreeMap<>());
    }
}
