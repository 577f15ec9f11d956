package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

    /** The policy of a version that is placed somewhere, so that it must be there. */
    static StoredPolicy readPlaced(Connection connection, String version) throws SQLException {
        return read(connection, version)
                .orElseThrow(() -> new IllegalStateException("policy " + version + " is placed but not stored"));
    }

    /** Every place where a policy begins, in the order of partitions and offsets. */
    static List<PolicyPlaces.Placed> places(Connection connection) throws SQLException {
        var places = new ArrayList<PolicyPlaces.Placed>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT version, topic, partition, from_offset"
                        + " FROM rc_policy_switch ORDER BY topic, partition, number")) {
            while (row.next()) {
                var source = new LogPartition(row.getString(2), row.getInt(3));
                places.add(new PolicyPlaces.Placed(row.getString(1), source, row.getLong(4)));
            }
        }
        return places;
    }
}
