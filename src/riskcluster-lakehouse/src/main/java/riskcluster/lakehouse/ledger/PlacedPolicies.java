package riskcluster.lakehouse.ledger;

import java.util.ArrayList;
import java.util.HashMap;
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
            var switches = new HashMap<LogPartition, List<PolicySwitch>>();
            var policies = new HashMap<String, StoredPolicy>();
            for (PolicyPlaces.Placed placed : PolicyTable.places(connection)) {
                switches.computeIfAbsent(placed.source(), first -> new ArrayList<>())
                        .add(new PolicySwitch(placed.firstOffset(), placed.version()));
                if (!policies.containsKey(placed.version())) {
                    policies.put(placed.version(), PolicyTable.readPlaced(connection, placed.version()));
                }
            }
            return new PlacedPolicies(switches, policies);
        });
    }
}
