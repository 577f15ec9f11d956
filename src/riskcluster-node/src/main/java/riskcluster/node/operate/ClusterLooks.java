package riskcluster.node.operate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.operate.protocol.OptionPage;
import riskcluster.node.terminal.TextTable;
import riskcluster.node.view.ClusterView;
import riskcluster.node.view.Reply;

/** The commands that look at the cluster as this node sees it. */
final class ClusterLooks {

    /** A partition that moves answers nobody; the members are shown all the same. */
    private static final Duration PARTITIONS_MAX = Duration.ofSeconds(3);

    private final ActorSystem<?> system;
    private final PartitionsAsked partitions;

    ClusterLooks(ActorSystem<?> system, Supplier<CompletionStage<Reply<ClusterView>>> cluster) {
        this.system = system;
        this.partitions = new PartitionsAsked(cluster);
    }

    List<Command> commands() {
        return List.of(
                new Command(
                        CommandPage.looks(
                                "show",
                                "Shows the members, and without a filter where each partition stands. Fails if a"
                                        + " partition waits for a person.",
                                OptionPage.of("-H", "--host", "HOST", "Members on this host only."),
                                OptionPage.of("-r", "--role", "ROLE", "Members with this role only."),
                                OptionPage.of(
                                        "-s",
                                        "--status",
                                        "STATUS",
                                        "Members with this status only.",
                                        "joining",
                                        "weaklyup",
                                        "up",
                                        "leaving",
                                        "exiting",
                                        "down",
                                        "unreachable")),
                        this::show),
                new Command(CommandPage.looks("status", "Shows this node as a member."), this::status),
                new Command(CommandPage.looks("leader", "Shows the address of the leader."), this::leader));
    }

    private void show(Arguments arguments, Answer answer) throws InterruptedException {
        var members = Members.of(system).stream()
                .filter(member -> fits(member, arguments))
                .toList();
        var filtered = List.of("-H", "-r", "-s").stream()
                .anyMatch(option -> arguments.value(option).isPresent());
        var whole = filtered ? Optional.<Reply<ClusterView>>empty() : Optional.of(partitions.within(PARTITIONS_MAX));
        var view = switch (whole.orElse(null)) {
            case Reply.Answered<ClusterView>(var value) -> new ClusterView(value.name(), members, value.partitions());
            case null, default -> new ClusterView(system.name(), members, List.of());
        };
        answer.show(view, () -> lines(view, whole));
        if (view.partitions().stream().anyMatch(place -> place.alarm() != null)) {
            answer.end(Ending.FAILED);
        }
    }

    private static boolean fits(ClusterView.Member member, Arguments arguments) {
        var host = AddressFromURIString.parse(member.address()).getHost().orElse("");
        return arguments.value("-H").filter(asked -> !asked.equals(host)).isEmpty()
                && arguments
                        .value("-r")
                        .filter(asked -> !member.roles().contains(asked))
                        .isEmpty()
                && arguments
                        .value("-s")
                        .map(asked -> asked.toLowerCase(Locale.ROOT))
                        .filter(asked -> asked.equals("unreachable")
                                ? member.reachable()
                                : !asked.equals(Members.status(member)))
                        .isEmpty();
    }

    private static List<String> lines(ClusterView view, Optional<Reply<ClusterView>> whole) {
        var lines = new ArrayList<>(Members.lines(view.members()));
        lines.add("Count: " + view.members().size() + " nodes");
        whole.ifPresent(reply -> {
            lines.add("");
            switch (reply) {
                case Reply.Answered<ClusterView> answered -> lines.addAll(places(view.partitions()));
                case Reply.Refused<ClusterView>(var why, var message) -> lines.add("partitions: " + message);
            }
        });
        return lines;
    }

    private static List<String> places(List<ClusterView.Place> places) {
        var table = new TextTable(List.of(
                "partition",
                "epoch",
                "position",
                "alert cursor",
                "data cursor",
                "profile cursor",
                "customers",
                "alarm"));
        for (var place : places) {
            var alarm = place.alarm();
            table.row(List.of(
                    Integer.toString(place.partition()),
                    Long.toString(place.epoch()),
                    Long.toString(place.position()),
                    Long.toString(place.alertCursor()),
                    Long.toString(place.dataCursor()),
                    Long.toString(place.profileCursor()),
                    Integer.toString(place.customers()),
                    alarm == null ? "" : alarm));
        }
        return table.lines();
    }

    private void status(Arguments arguments, Answer answer) {
        var self = Members.self(system);
        answer.show(self, () -> Members.lines(List.of(self)));
    }

    private void leader(Arguments arguments, Answer answer) {
        var leader = Optional.ofNullable(Cluster.get(system).state().getLeader())
                .orElseThrow(() -> CommandRefused.failed("there is no leader now"));
        answer.show(leader.toString(), () -> List.of(leader.toString()));
    }
}
