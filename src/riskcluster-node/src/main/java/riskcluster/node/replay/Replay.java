package riskcluster.node.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.RecordedSchemas;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.partition.PolicyTimeline;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.replay.ReplayedPartition;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.ledger.PlacedPolicies;
import riskcluster.lakehouse.ledger.PostgresSchemas;
import riskcluster.lakehouse.ledger.Rekeyed;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.replay.Compared;
import riskcluster.lakehouse.replay.Comparison;
import riskcluster.lakehouse.replay.Decider;
import riskcluster.lakehouse.replay.OffsetRanges;
import riskcluster.node.PseudonymKey;

/** Wires bronze, the functions that decide, and silver. */
final class Replay {

    private Replay() {}

    /**
     * Decides the range again and compares.
     *
     * @throws IllegalStateException where a policy of the time cannot be decided by with this program or this key
     */
    static Compared compare(
            OpenLake lake, PinnedBatch batch, OffsetRanges range, int threads, Comparison.Watcher watcher) {
        var deciders = new HashMap<LogPartition, Decider>();
        partitions(lake, range, Corrections.published(batch))
                .forEach((source, partition) -> deciders.put(source, partition::decide));
        return Comparison.run(batch, range, deciders, threads, watcher);
    }

    /**
     * Every partition of the range before its first record.
     *
     * @throws IllegalStateException where a policy of the time cannot be decided by with this program or this key
     */
    static Map<LogPartition, ReplayedPartition> partitions(OpenLake lake, OffsetRanges range, Corrections corrections) {
        var placed = PlacedPolicies.read(lake.database());
        var policies = policies(placed);
        var decoder = new Decoder(new RecordedSchemas(
                new PostgresSchemas(lake.database()),
                lake.schemas().map(SchemaRegistry::at).orElseGet(SchemaRegistry::empty)));
        int rekeyed = Rekeyed.settled(lake.database());
        var keys = PseudonymKey.read(lake.pseudonymKey(), keyVersions(policies, rekeyed));
        var scorer = new Scorer(keys.rekeyed(rekeyed));
        var partitions = new HashMap<LogPartition, ReplayedPartition>();
        for (LogPartition source : range.byPartition().keySet()) {
            var switches = placed.switches().get(source);
            if (switches == null) {
                throw new IllegalStateException("no policy was ever placed in " + source);
            }
            var timeline = new PolicyTimeline(switches, policies);
            partitions.put(source, new ReplayedPartition(decoder, scorer, timeline, corrections.of(source)));
        }
        return partitions;
    }

    private static Map<String, Policy> policies(PlacedPolicies placed) {
        var policies = new HashMap<String, Policy>();
        placed.policies().forEach((version, stored) -> policies.put(version, Corrections.policy(stored)));
        return policies;
    }

    /** Of all policies, any of which may have decided some of it; where an older one did, there are new names by now. */
    private static Set<Integer> keyVersions(Map<String, Policy> policies, int rekeyed) {
        var versions = new TreeSet<Integer>();
        policies.values().forEach(policy -> versions.add(Math.max(policy.keyVersion(), rekeyed)));
        return versions;
    }
}
