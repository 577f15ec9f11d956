package riskcluster.node;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import riskcluster.actors.alert.AlertLog;
import riskcluster.actors.partition.PartitionPorts;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.lake.Lake;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.node.commit.CommitLoop;

/** The real node but for one part, which makes a mistake. Stands in the node's package, for nothing else may do this. */
public final class PlantedNode {

    private PlantedNode() {}

    /** A node whose partitions write here. */
    public static RiskNode withLake(NodeConfig config, UnaryOperator<Lake> lake) {
        return start(config, ports -> ports(ports, ports.alertLog(), lake.apply(ports.lake()), ports.scorer()));
    }

    /** A node whose partitions publish here. */
    public static RiskNode withAlertLog(NodeConfig config, UnaryOperator<AlertLog> alerts) {
        return start(config, ports -> ports(ports, alerts.apply(ports.alertLog()), ports.lake(), ports.scorer()));
    }

    /** A node whose customers decide like this. */
    public static RiskNode withScorer(NodeConfig config, Function<Pseudonyms, Scorer> scorer) {
        return start(config, ports -> {
            var pseudonyms =
                    PseudonymKey.read(config.pseudonymKey(), ports.wanted().keyVersion());
            return ports(ports, ports.alertLog(), ports.lake(), scorer.apply(pseudonyms));
        });
    }

    /** A node that commits like this. */
    public static RiskNode withCommitter(NodeConfig config, Function<Pipeline, Committer> committer) {
        var pipeline = pipeline(config);
        var parts = pipeline.commits();
        var planted = new CommitLoop.Parts(
                () -> committer.apply(pipeline), parts.every(), parts.meter(), parts.blocking(), parts.nanos());
        return RiskNode.start(config, pipeline, pipeline.partitions(), planted);
    }

    private static RiskNode start(NodeConfig config, UnaryOperator<PartitionPorts> planted) {
        var pipeline = pipeline(config);
        return RiskNode.start(config, pipeline, planted.apply(pipeline.partitions()), pipeline.commits());
    }

    private static Pipeline pipeline(NodeConfig config) {
        return Pipeline.assemble(config, source -> PartitionMeter.NONE, CommitMeter.NONE, Steps.UNHEARD);
    }

    private static PartitionPorts ports(PartitionPorts ports, AlertLog alertLog, Lake lake, Scorer scorer) {
        return new PartitionPorts(
                ports.log(),
                alertLog,
                ports.ledger(),
                lake,
                ports.decoder(),
                scorer,
                ports.wanted(),
                ports.anomalies(),
                ports.star(),
                ports.meters(),
                ports.traces(),
                ports.pace(),
                ports.steps(),
                ports.blocking(),
                ports.wallClockMicros());
    }
}
