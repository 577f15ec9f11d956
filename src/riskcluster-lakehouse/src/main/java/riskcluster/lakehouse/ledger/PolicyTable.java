package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.log.LogPartition;

/** Policies by version, and where in each partition they begin. */
final class PolicyTable {

    private PolicyTable() {}

    static void add(Connection connection, StoredPolicy policy) throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO rc_policy (version, content) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            statement.setString(1, policy.version());
            statement.setString(2, policy.content());
            statement.executeUpdate();
        }
    }

    static void addSwitch(Connection connection, LogPartition source, int number, PolicySwitch placed)
            throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO rc_policy_switch (topic, partition, number, from_offset, version)"
                        + " VALUES (?, ?, ?, ?, ?)")) {
            statement.setString(1, source.topic());
            statement.setInt(2, source.partition());
            statement.setInt(3, number);
            statement.setLong(4, placed.offset());
            statement.setString(5, placed.version());
            statement.executeUpdate();
        }
    }

    static Optional<StoredPolicy> read(Connection connection, String version) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT content FROM rc_policy WHERE version = ?")) {
            statement.setString(1, version);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(new StoredPolicy(version, row.getString(1))) : Optional.empty();
            }
        }
    }
}
