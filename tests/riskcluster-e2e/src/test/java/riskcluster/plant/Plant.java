package riskcluster.plant;

import java.util.List;
import java.util.function.Function;
import riskcluster.lakehouse.commit.SwappedOffsets;
import riskcluster.node.NodeConfig;
import riskcluster.node.PlantedNode;
import riskcluster.node.RiskNode;

/** A mistake that a node can be made to make, and the judge's checks that must find it. */
public enum Plant {

    /** A decided record gets no row in any table. */
    SKIPPED_ROW(
            config -> PlantedNode.withLake(config, SkippedRow::new),
            "bronze.each_record_once",
            "silver.each_decision_once") {
        /** The node's own rule that counts rows against offsets finds it too; and its customer's versions know of it. */
        @Override
        public List<String> consequences() {
            return List.of("quality.kept", "star.facts", "star.dim_customer", "star.keys_hold");
        }
    },

    /** Alerts are committed without their cursor, and so again with it. */
    ALERT_BEFORE_CURSOR(
            config -> PlantedNode.withAlertLog(config, log -> source -> new AlertBeforeCursor(log.open(source))),
            "alerts.once"),

    /** The window of 30 minutes holds one moment too many. */
    WINDOW_OFF_BY_ONE(config -> PlantedNode.withScorer(config, WindowOffByOne::new), "silver.tx_count_30m"),

    /** A checkpoint that a batch has taken is taken by the next one too. */
    DOUBLED_COMMIT(ForgottenMark::start, "lake.files_once", "bronze.each_record_once", "silver.each_decision_once") {
        /** Gold, which counted the checkpoint once, differs from silver now; facts and versions stand there twice. */
        @Override
        public List<String> consequences() {
            return List.of(
                    "gold.sums",
                    "gold.ratios",
                    "gold.features",
                    "star.facts",
                    "star.dim_customer",
                    "star.members_once",
                    "star.keys_hold");
        }
    },

    /** In one table a batch tells other offsets than in the others. */
    SWAPPED_OFFSET(
            config -> PlantedNode.withCommitter(
                    config, pipeline -> SwappedOffsets.committer(pipeline.database(), pipeline.catalog())),
            "lake.offsets_equal") {
        /** Who reads that the batch ends elsewhere misses rows, or finds some beyond it. */
        @Override
        public List<String> consequences() {
            return List.of("lake.batch_never_falls", "bronze.each_record_once", "silver.each_decision_once", "drained");
        }
    };

    private final Function<NodeConfig, RiskNode> start;
    private final List<String> checks;

    Plant(Function<NodeConfig, RiskNode> start, String... checks) {
        this.start = start;
        this.checks = List.of(checks);
    }

    /** Starts a node that makes the mistake. */
    public RiskNode start(NodeConfig config) {
        return start.apply(config);
    }

    /** The checks that must not hold afterwards. */
    public List<String> checks() {
        return checks;
    }

    /** What else may not hold then. */
    public List<String> consequences() {
        return List.of();
    }
}
