package riskcluster.node.operate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.OptionPage;
import riskcluster.node.terminal.TextTable;
import riskcluster.node.view.ClusterView;

/** The commands that look at what is sharded over the nodes. */
final class ShardingLooks {

    /** So long the regions of the other nodes may take. */
    private static final Duration REGIONS_MAX = Duration.ofSeconds(5);

    private static final Duration ANSWER_MAX = REGIONS_MAX.plusSeconds(2);
    private static final List<String> HEADINGS = List.of(
            "region", "address", "roles", "status", "reachability", "version", "coordinator", "shards", "entities");

    private final ActorSystem<?> system;

    ShardingLooks(ActorSystem<?> system) {
        this.system = system;
    }

    List<Command> commands() {
        return List.of(
                new Command(
                        CommandPage.looks("list-regions", "Lists what is sharded: the regions of this node."),
                        this::list),
                new Command(
                        CommandPage.looks(
                                "region-stats",
                                "Shows how many shards and entities each node has.",
                                OptionPage.of("-r", "--region", "REGION", "This region only.")
                                        .also("-t")
                                        .also("--type")),
                        this::stats));
    }

    /** What one node has of one region. */
    record Part(
            String region,
            String address,
            String status,
            boolean reachable,
            boolean coordinator,
            int shards,
            int entities) {}

    private List<String> regions() {
        return org.apache.pekko.cluster.sharding.ClusterSharding.get(system).getShardTypeNames().stream()
                .sorted()
                .toList();
    }

    private void list(Arguments arguments, Answer answer) {
        var regions = regions();
        answer.show(regions, () -> regions.isEmpty() ? List.of("nothing is sharded on this node") : regions);
    }

    private void stats(Arguments arguments, Answer answer) throws InterruptedException {
        var known = regions();
        var asked = arguments.value("-r").map(List::of).orElse(known);
        for (var region : asked) {
            if (!known.contains(region)) {
                throw CommandRefused.failed("no region '" + region + "' on this node" + Nearest.hint(region, known)
                        + (known.isEmpty() ? "" : "; regions: " + String.join(", ", known)));
            }
        }
        var members = Members.of(system);
        var coordinator = coordinator();
        var parts = new ArrayList<Part>();
        var table = new TextTable(HEADINGS);
        for (var region : asked) {
            var stats = stats(region);
            for (var member : members) {
                var part = part(region, member, stats, member.address().equals(coordinator));
                parts.add(part);
                table.row(row(part, member));
            }
        }
        answer.show(parts, table::lines);
    }

    /** The oldest member: the coordinator is a singleton, and lives there. */
    private String coordinator() {
        var present = List.of(MemberStatus.up(), MemberStatus.leaving());
        return Addresses.members(Cluster.get(system)).stream()
                .filter(member -> present.contains(member.status()))
                .reduce((one, other) -> other.isOlderThan(one) ? other : one)
                .map(Member::address)
                .map(Object::toString)
                .orElse("");
    }

    /**
     * What each node has of a region, by the address of the node.
     *
     * @throws CommandRefused where not every node tells in time
     */
    Map<String, ShardRegion.ShardRegionStats> stats(String region) throws InterruptedException {
        var key = EntityTypeKey.create(Object.class, region);
        var reply = AskPattern.<ClusterShardingQuery, ShardRegion.ClusterShardingStats>ask(
                ClusterSharding.get(system).shardState(),
                replyTo -> new GetClusterShardingStats(key, REGIONS_MAX, replyTo),
                ANSWER_MAX,
                system.scheduler());
        try {
            var regions = reply.toCompletableFuture()
                    .get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .getRegions();
            if (!regions.isEmpty()) {
                var byAddress = new HashMap<String, ShardRegion.ShardRegionStats>();
                regions.forEach((address, stats) -> byAddress.put(address.toString(), stats));
                return byAddress;
            }
        } catch (ExecutionException | TimeoutException e) {
            throw notAll(region);
        }
        throw notAll(region);
    }

    private static CommandRefused notAll(String region) {
        return CommandRefused.late("not every node has told of region '" + region + "' within "
                + REGIONS_MAX.toSeconds() + " s; see 'cluster show' for one that is unreachable");
    }

    private static Part part(
            String region,
            ClusterView.Member member,
            Map<String, ShardRegion.ShardRegionStats> stats,
            boolean coordinator) {
        var known = stats.get(member.address());
        var shards = known == null ? Map.<String, Object>of() : known.getStats();
        return new Part(
                region,
                member.address(),
                member.status(),
                member.reachable(),
                coordinator,
                shards.size(),
                shards.values().stream()
                        .mapToInt(count -> ((Number) count).intValue())
                        .sum());
    }

    private static List<String> row(Part part, ClusterView.Member member) {
        return List.of(
                part.region(),
                part.address(),
                member.roles().toString(),
                Members.status(member),
                part.reachable() ? "" : "unreachable",
                member.version(),
                part.coordinator() ? "coordinator" : "",
                Integer.toString(part.shards()),
                Integer.toString(part.entities()));
    }
}
