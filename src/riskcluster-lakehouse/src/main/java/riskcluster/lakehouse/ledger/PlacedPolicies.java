package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.log.LogPartition;

/**
 * Every policy that was ever placed, and where.
 *
 * @param switches of each partition, in the order of their offsets
 * @param policies by version
 */
public record PlacedPolicies(Map<LogPartition, List<PolicySwitch>> switches, Map<String, StoredPolicy> policies) {

    public PlacedPolicies {
        switches = Map.copyOf(switches);
        policies = Map.copyOf(policies);
    }

    /** As they are now. */
    public static PlacedPolicies read(DataSource database) {
        return new Transactions(database).atOneMoment("read the placed policies", connection -> {
            var switches = switches(connection);
            var policies = new HashMap<String, StoredPolicy>();
            for (List<PolicySwitch> placed : switches.values()) {
                for (PolicySwitch one : placed) {
                    if (!policies.containsKey(one.version())) {
                        var stored = PolicyTable.read(connection, one.version());
                        policies.put(
                                one.version(),
                                stored.orElseThrow(() -> new IllegalStateException(
                                        "policy " + one.version() + " is placed but not stored")));
                    }
                }
            }
            return new PlacedPolicies(switches, policies);
        });
    }

    private static Map<LogPartition, List<PolicySwitch>> switches(Connection connection) throws SQLException {
        var switches = new LinkedHashMap<LogPartition, List<PolicySwitch>>();
        try (var statement = connection.prepareStatement("SELECT topic, partition, from_offset, version"
                        + " FROM rc_policy_switch ORDER BY topic, partition, number");
                var row = statement.executeQuery()) {
            while (row.next()) {
                switches.computeIfAbsent(new LogPartition(row.getString(1), row.getInt(2)), absent -> new ArrayList<>())
                        .add(new PolicySwitch(row.getLong(3), row.getString(4)));
            }
        }
        return switches;
    }
}
