package riskcluster.node.privacy;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyReading;
import riskcluster.lakehouse.ledger.PlacedPolicies;

/** The versions of the pseudonym key that the policies of a lake name. */
final class KeyVersions {

    private KeyVersions() {}

    /** Of every policy that was ever placed; none before the first. */
    static SortedSet<Integer> of(DataSource database) {
        return new TreeSet<>(byPolicy(PlacedPolicies.read(database)).values());
    }

    static Map<String, Integer> byPolicy(PlacedPolicies placed) {
        var versions = new TreeMap<String, Integer>();
        placed.policies().forEach((version, stored) -> {
            switch (Policy.of(stored)) {
                case PolicyReading.Ready(var policy) -> versions.put(version, policy.keyVersion());
                case PolicyReading.Refused refused -> throw new IllegalStateException(refused.message());
            }
        });
        return versions;
    }
}
