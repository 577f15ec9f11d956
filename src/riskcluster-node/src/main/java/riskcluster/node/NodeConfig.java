package riskcluster.node;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.alert.TopicNames;

/**
 * Everything that a node is told when it starts.
 *
 * @param cluster name of the cluster; part of transactional ids and of {@code ce_source}
 * @param kafkaBootstrap {@code host:port}, comma separated
 * @param jdbcUrl Postgres with the catalog and the ledger
 * @param warehouse where data files go, {@code file:} so far
 * @param topics the input topic and those around it
 * @param partitions number of partitions of the input topic
 * @param rules rule file, or the name of a bundled one
 * @param pseudonymKey file with the HMAC key of the pseudonyms
 * @param pace how often cursors move
 * @param commit time between two batches
 * @param schemas folder of {@code <id>.avsc}; without one, Avro records do not decode
 * @param gold whether gold is made with each batch; what is ingested without is not made up for later
 */
public record NodeConfig(
        String cluster,
        String kafkaBootstrap,
        String jdbcUrl,
        String databaseUser,
        String databasePassword,
        URI warehouse,
        TopicNames topics,
        int partitions,
        String rules,
        Path pseudonymKey,
        Pace pace,
        Duration commit,
        Optional<Path> schemas,
        boolean gold) {

    public NodeConfig {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions is " + partitions + ", allowed: 1 or more");
        }
        if (commit.isNegative() || commit.isZero()) {
            throw new IllegalArgumentException("commit is " + commit + ", allowed: more than zero");
        }
    }

    /** A node that reads JSON only. */
    public NodeConfig(
            String cluster,
            String kafkaBootstrap,
            String jdbcUrl,
            String databaseUser,
            String databasePassword,
            URI warehouse,
            TopicNames topics,
            int partitions,
            String rules,
            Path pseudonymKey,
            Pace pace,
            Duration commit) {
        this(
                cluster,
                kafkaBootstrap,
                jdbcUrl,
                databaseUser,
                databasePassword,
                warehouse,
                topics,
                partitions,
                rules,
                pseudonymKey,
                pace,
                commit,
                Optional.empty());
    }

    /** A node with gold. */
    public NodeConfig(
            String cluster,
            String kafkaBootstrap,
            String jdbcUrl,
            String databaseUser,
            String databasePassword,
            URI warehouse,
            TopicNames topics,
            int partitions,
            String rules,
            Path pseudonymKey,
            Pace pace,
            Duration commit,
            Optional<Path> schemas) {
        this(
                cluster,
                kafkaBootstrap,
                jdbcUrl,
                databaseUser,
                databasePassword,
                warehouse,
                topics,
                partitions,
                rules,
                pseudonymKey,
                pace,
                commit,
                schemas,
                true);
    }

    /** The same node with or without gold. */
    public NodeConfig withGold(boolean made) {
        return new NodeConfig(
                cluster,
                kafkaBootstrap,
                jdbcUrl,
                databaseUser,
                databasePassword,
                warehouse,
                topics,
                partitions,
                rules,
                pseudonymKey,
                pace,
                commit,
                schemas,
                made);
    }
}
