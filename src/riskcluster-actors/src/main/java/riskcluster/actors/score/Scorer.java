package riskcluster.actors.score;

import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import riskcluster.actors.model.FeatureVector;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.Sight;
import riskcluster.actors.policy.Window;
import riskcluster.actors.privacy.Aliases;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.transaction.Transaction;

/** Decides transactions: a pure function of profile, transaction and policy, which any number of threads may call. */
public class Scorer {
    /** Version of what scoring means; part of every policy version. */
    public static final String SEMANTIC_VERSION = Policy.SEMANTIC_VERSION;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_HOUR = 3_600;
    private static final long SECONDS_PER_DAY = 86_400;
    /** 1970-01-01 was a Thursday. */
    private static final int DAY_OF_WEEK_1970 = 4;

    private final Pseudonyms pseudonyms;

    public Scorer(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    /** The pseudonyms that its decisions carry. */
    public Pseudonyms pseudonyms() {
        return pseudonyms;
    }

    /**
     * Decides one transaction of the customer whose profile this is.
     *
     * @param offset of its record, greater than that of every record that the profile has seen
     */
    public final Scored score(Profile profile, Transaction transaction, long offset, Policy policy) {
        var id = IdHash.of(transaction.transactionId());
        return score(profile, transaction, id, offset, policy, Aliases.UNREMEMBERED);
    }

    /**
     * The same, and as fast as it can be told what was made before.
     *
     * @param id of the transaction
     * @param aliases of the customer; they change nothing in the outcome
     */
    public Scored score(
            Profile profile, Transaction transaction, IdHash id, long offset, Policy policy, Aliases aliases) {
        long micros = transaction.eventTimeMicros();
        if (profile.holds(id, micros)) {
            return new Scored(profile, new Outcome.Duplicate(transaction));
        }
        boolean late = profile.isLate(micros, policy.latenessMicros());
        var next = profile.with(id, micros, transaction.amountUnits(), late, offset);
        return new Scored(next, new Outcome.Decided(decision(profile, transaction, late, policy, aliases)));
    }

    private Decision decision(Profile profile, Transaction transaction, boolean late, Policy policy, Aliases aliases) {
        long micros = transaction.eventTimeMicros();
        var place = policy.place(transaction.location());
        long localSeconds = localSeconds(micros, policy.zone(place.country()));
        int hour = (int) (Math.floorMod(localSeconds, SECONDS_PER_DAY) / SECONDS_PER_HOUR);
        int day = dayOfWeek(Math.floorDiv(localSeconds, SECONDS_PER_DAY));
        var totals = profile.totals(micros, transaction.amountUnits());
        var fired = fired(policy, new Sight(transaction, place.country(), hour, day, totals));
        int points = points(fired);
        var band = policy.band(points);
        var device = transaction.deviceId();
        var features = Features.of(transaction, hour, day, totals, profile.newestMicros());
        return new Decision(
                transaction,
                aliases.customer(pseudonyms, policy.keyVersion(), transaction.userId()),
                device == null ? null : aliases.device(pseudonyms, policy.keyVersion(), device),
                place.city(),
                place.country(),
                totals.count(Window.HALF_HOUR),
                points,
                band,
                policy.probability(features),
                fired,
                features,
                FeatureVector.VERSION,
                policy.version(),
                late,
                profile.isApproximate(micros),
                policy.alerts(band));
    }

    private static List<FiredRule> fired(Policy policy, Sight sight) {
        List<FiredRule> fired = List.of();
        var rules = policy.rules();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            if (rule.fires(sight)) {
                fired = fired.isEmpty() ? new ArrayList<>(4) : fired;
                fired.add(new FiredRule(rule.id(), rule.points(), rule.observed(sight)));
            }
        }
        return List.copyOf(fired);
    }

    private static int points(List<FiredRule> fired) {
        int points = 0;
        for (var rule : fired) {
            points += rule.points();
        }
        return points;
    }

    private static long localSeconds(long micros, Optional<ZoneRules> zone) {
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        return zone.isEmpty()
                ? seconds
                : seconds + zone.get().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    }

    private static int dayOfWeek(long epochDay) {
        return (int) Math.floorMod(epochDay + DAY_OF_WEEK_1970 - 1, 7L) + 1;
    }
}
