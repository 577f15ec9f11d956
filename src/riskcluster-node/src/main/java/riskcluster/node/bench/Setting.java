package riskcluster.node.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.io.FileUtils;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.node.NodeConfig;
import riskcluster.node.RiskNode;
import riskcluster.node.fault.Ground;

/** A fresh folder with Kafka and Postgres, and one cluster on it that runs at the pace of production. */
record Setting(Path folder, Ground ground, NodeConfig config) implements AutoCloseable {

    /** The bundled rules that are in force unless others are asked for. */
    static final String RULES = "default";

    private static final Duration COMMIT = Duration.ofSeconds(2);

    static Setting make(int partitions, Gold gold) throws IOException, InterruptedException {
        var folder = Fresh.folder();
        return on(folder, Ground.start(folder, partitions), gold, RULES);
    }

    /** The same on the broker of another process, whose folder lies in {@code folder}; it is closed with the setting. */
    static Setting make(Path folder, BrokerProcess broker, int partitions, Gold gold, String rules)
            throws IOException, InterruptedException {
        return on(folder, Ground.beside(folder, partitions, broker.bootstrap(), broker), gold, rules);
    }

    private static Setting on(Path folder, Ground ground, Gold gold, String rules)
            throws IOException, InterruptedException {
        return new Setting(folder, ground, gold.on(ground.cluster("bench", rules, Pace.standard(), COMMIT)));
    }

    RiskNode node() {
        return node(config, Steps.UNHEARD);
    }

    static RiskNode node(NodeConfig config, Steps steps) {
        return RiskNode.start(config, source -> PartitionMeter.NONE, CommitMeter.NONE, steps);
    }

    CountedSends sends(int lingerMillis) {
        return new CountedSends(ground.bootstrap(), lingerMillis);
    }

    @Override
    public void close() throws IOException {
        ground.close();
        FileUtils.deleteDirectory(folder.toFile());
    }
}
