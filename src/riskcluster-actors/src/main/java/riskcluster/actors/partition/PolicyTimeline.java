package riskcluster.actors.partition;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import riskcluster.actors.policy.Policy;
import riskcluster.contracts.ledger.PolicySwitch;

/** Which policy decides at which offset of a partition. */
public final class PolicyTimeline {

    private final List<PolicySwitch> switches;
    private final Map<String, Policy> policies;

    /**
     * @param switches in the order of their offsets, at least one
     * @param policies by version, every version of the switches among them
     */
    public PolicyTimeline(List<PolicySwitch> switches, Map<String, Policy> policies) {
        if (switches.isEmpty()) {
            throw new IllegalArgumentException("a partition decides nothing before its first policy is placed");
        }
        this.switches = List.copyOf(switches);
        this.policies = Map.copyOf(policies);
        for (var placed : switches) {
            if (!policies.containsKey(placed.version())) {
                throw new IllegalArgumentException("policy " + placed.version() + " is placed but not known");
            }
        }
    }

    /** The policy in force at {@code offset}; the first one also before its own offset. */
    public Policy at(long offset) {
        var version = switches.getFirst().version();
        for (var placed : switches) {
            if (placed.offset() > offset) {
                break;
            }
            version = placed.version();
        }
        return Objects.requireNonNull(policies.get(version));
    }

    /** The first offset after {@code offset} at which a policy begins; {@code Long.MAX_VALUE} where there is none. */
    public long nextAfter(long offset) {
        for (var placed : switches) {
            if (placed.offset() > offset) {
                return placed.offset();
            }
        }
        return Long.MAX_VALUE;
    }
}
