package riskcluster.node.savepoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.ledger.StoredSavepoint;
import riskcluster.lakehouse.savepoint.Refused;
import riskcluster.lakehouse.savepoint.Refused.Why;
import riskcluster.lakehouse.savepoint.RestoreSteps;
import riskcluster.lakehouse.savepoint.Restoring;
import riskcluster.node.NodeConfig;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.view.RestoreView;

/** The ways back of one lake, and what Kafka must still have for them. */
public final class Restores {

    private final Restoring restoring;
    private final Optional<NodeConfig> kafka;

    /** @param kafka where the brokers can be asked; in a stopped folder none runs, and its topics keep everything */
    public Restores(OpenLake lake, Optional<NodeConfig> kafka) {
        this.restoring = new Restoring(lake.database(), lake.catalog(), RestoreSteps.NONE);
        this.kafka = kafka;
    }

    /** What came of it. */
    public sealed interface Answer {

        /** It can be done, or is. */
        record Shown(RestoreView view) implements Answer {}

        /** It cannot, and nothing was changed. */
        record Not(Refused refused) implements Answer {}
    }

    /** Looks whether it can be done. */
    public Answer look(String name) {
        return restore(name, false);
    }

    /** Does it. */
    public Answer restore(String name) {
        return restore(name, true);
    }

    private Answer restore(String name, boolean does) {
        return switch (restoring.plan(name, Scorer.SEMANTIC_VERSION)) {
            case Refused refused -> new Answer.Not(refused);
            case Restoring.Plan plan -> restore(plan, does);
        };
    }

    private Answer restore(Restoring.Plan plan, boolean does) {
        Map<LogPartition, Long> alerts = Map.of();
        if (kafka.isPresent()) {
            try (var reach = new KafkaReach(kafka.get())) {
                var missing = reach.missing(plan.places());
                if (missing.isPresent()) {
                    return new Answer.Not(new Refused(Why.UNUSABLE, missing.get()));
                }
                alerts = reach.alertCursors(plan.places());
            }
        }
        if (!does) {
            return new Answer.Shown(view("would be restored", plan, 0, alerts));
        }
        return switch (restoring.run(plan, alerts)) {
            case Refused refused -> new Answer.Not(refused);
            case Restoring.Done(var done, var batch) -> new Answer.Shown(view("restored", done, batch.id(), alerts));
        };
    }

    private static RestoreView view(String status, Restoring.Plan plan, long batch, Map<LogPartition, Long> alerts) {
        List<RestoreView.Place> places = plan.places().stream()
                .map(place -> new RestoreView.Place(
                        place.source().toString(), place.data(), alerts.getOrDefault(place.source(), -1L)))
                .toList();
        return new RestoreView(
                status,
                plan.savepoint().name(),
                plan.newest(),
                batch,
                plan.savepoint().customers(),
                plan.lost().stream().map(StoredSavepoint::name).toList(),
                places);
    }
}
