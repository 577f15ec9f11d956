package riskcluster.node.operate;

import java.util.List;
import java.util.Locale;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import riskcluster.node.terminal.TextTable;
import riskcluster.node.view.ClusterView;

/** The members of the cluster as this node sees them. */
public final class Members {

    private static final List<String> HEADINGS =
            List.of("address", "roles", "status", "reachability", "version", "leader");

    private Members() {}

    /** Every member, in the order of addresses. */
    public static List<ClusterView.Member> of(ActorSystem<?> system) {
        var cluster = Cluster.get(system);
        return Addresses.members(cluster).stream()
                .map(member -> view(member, cluster))
                .toList();
    }

    /** This node, also while it is no member. */
    static ClusterView.Member self(ActorSystem<?> system) {
        var cluster = Cluster.get(system);
        return view(cluster.selfMember(), cluster);
    }

    private static ClusterView.Member view(Member member, Cluster cluster) {
        var state = cluster.state();
        return new ClusterView.Member(
                member.address().toString(),
                member.status().toString(),
                member.address().equals(state.getLeader()),
                // The data center is a role by name; none of ours has more than one.
                member.getRoles().stream()
                        .filter(role -> !role.startsWith("dc-"))
                        .sorted()
                        .toList(),
                !state.getUnreachable().contains(member),
                member.appVersion().version());
    }

    static List<String> lines(List<ClusterView.Member> members) {
        var table = new TextTable(HEADINGS);
        members.forEach(member -> table.row(List.of(
                member.address(),
                member.roles().toString(),
                status(member),
                member.reachable() ? "" : "unreachable",
                member.version(),
                member.leader() ? "leader" : "")));
        return table.lines();
    }

    static String status(ClusterView.Member member) {
        return member.status().toLowerCase(Locale.ROOT);
    }
}
