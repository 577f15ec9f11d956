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
 * @param schemas folder of {@code <id>.avsc}, or {@code http:} URI of a schema registry; without one, Avro records do
 *     not decode
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
        Optional<String> schemas) {

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
}
