package riskcluster.actors.partition;

import java.util.List;
import java.util.Optional;
import riskcluster.actors.anomaly.AnomalyRule;
import riskcluster.actors.anomaly.Beside;
import riskcluster.actors.anomaly.Rush;
import riskcluster.actors.anomaly.Watch;
import riskcluster.actors.star.Registrar;
import riskcluster.actors.star.Standing;
import riskcluster.contracts.decision.Judged;

/**
 * What follows a partition's log for gold.
 *
 * @param watch finds anomalies
 * @param registrar tells customers' versions; empty where the star is not made
 */
record Followers(Watch watch, Optional<Registrar> registrar) {

    /** From where a tenure begins. */
    static Followers of(AnomalyRule rule, boolean star, Seats seats, PartitionState state) {
        return new Followers(
                new Watch(rule, seats, state.watermarkMicros(), state.rushes()),
                star ? Optional.of(new Registrar(seats)) : Optional.empty());
    }

    /** The same records with what follows from the log up to each. */
    List<Judged> follow(List<Judged> records) {
        var watched = watch.follow(records);
        return registrar.map(following -> following.follow(watched)).orElse(watched);
    }

    /** The windows that are rushes now. */
    List<Rush> open() {
        return watch.open();
    }

    /** What is remembered of the customer now. */
    Beside beside(String userId) {
        return new Beside(
                watch.tempos(userId),
                registrar.map(following -> following.standing(userId)).orElse(Standing.NONE));
    }
}
