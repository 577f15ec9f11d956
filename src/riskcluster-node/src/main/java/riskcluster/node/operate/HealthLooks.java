package riskcluster.node.operate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import riskcluster.node.explain.Finding;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.operate.protocol.OptionPage;
import riskcluster.node.terminal.TextTable;
import riskcluster.node.view.ClusterHealth;
import riskcluster.node.view.ClusterView;
import riskcluster.node.view.Reply;

/** The command that says whether the cluster is well, and if not, what is wrong and what to do. */
final class HealthLooks {

    private static final Duration PARTITIONS_MAX = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final PartitionsAsked asked;
    private final Pauses pauses;

    HealthLooks(ActorSystem<?> system, Supplier<CompletionStage<Reply<ClusterView>>> cluster, Pauses pauses) {
        this.pauses = pauses;
        this.system = system;
        this.asked = new PartitionsAsked(cluster);
    }

    Command command() {
        return new Command(
                CommandPage.looks(
                        "health",
                        "Says whether every member is up and every partition runs, and if not, why and what to do."
                                + " Fails if anything is wrong.",
                        new OptionPage(
                                List.of("-w", "--wait"), "", "Wait until it is well, for --timeout.", false, List.of()),
                        new OptionPage(
                                List.of("-e", "--exit-status"),
                                "",
                                "Print nothing where it is well, and one sentence where it is not.",
                                false,
                                List.of())),
                this::health);
    }

    private void health(Arguments arguments, Answer answer) throws InterruptedException {
        if (arguments.value("-w").isPresent() || arguments.value("-e").isPresent()) {
            throw CommandRefused.misused("-w and -e are for the client, which is older than they are: use a newer one");
        }
        var health = look();
        answer.show(health, () -> lines(health));
        if (!health.isWell()) {
            answer.end(Ending.FAILED);
        }
    }

    private ClusterHealth look() throws InterruptedException {
        var members = Members.of(system);
        var why = members(members);
        var partitions = List.<ClusterView.Place>of();
        switch (asked.within(PARTITIONS_MAX)) {
            case Reply.Answered<ClusterView>(var view) -> {
                partitions = view.partitions();
                partitions.forEach(place -> place(place, why));
            }
            case Reply.Refused<ClusterView>(var kind, var message) ->
                why.add(cause(Finding.PARTITIONS_SILENT, message));
        }
        var paused = PausedTexts.of(pauses).entrySet().stream()
                .map(each -> "partition " + each.getKey() + " " + each.getValue())
                .toList();
        return ClusterHealth.of(members.size(), partitions.size(), why, paused);
    }

    private List<ClusterHealth.Cause> members(List<ClusterView.Member> members) {
        var why = new ArrayList<ClusterHealth.Cause>();
        var state = Cluster.get(system).state();
        if (members.isEmpty()) {
            why.add(cause(Finding.NO_MEMBER, Members.self(system).address()));
        } else if (state.getLeader() == null) {
            why.add(cause(Finding.NO_LEADER, members.size() + " members"));
        }
        for (var member : members) {
            if (!member.reachable()) {
                why.add(cause(Finding.MEMBER_UNREACHABLE, member.address()));
            } else if (!Members.status(member).equals("up")) {
                why.add(cause(Finding.MEMBER_NOT_UP, member.address() + " is " + Members.status(member)));
            }
        }
        return why;
    }

    private static void place(ClusterView.Place place, List<ClusterHealth.Cause> why) {
        var alarm = place.alarm();
        if (alarm != null) {
            why.add(cause(Finding.PARTITION_ALARM, "partition " + place.partition() + ": " + alarm));
        } else if (place.epoch() < 0) {
            why.add(cause(Finding.PARTITION_BETWEEN_TENURES, "partition " + place.partition()));
        }
    }

    private static ClusterHealth.Cause cause(Finding finding, String where) {
        return new ClusterHealth.Cause(finding.code(), where, finding.remedy());
    }

    private static List<String> lines(ClusterHealth health) {
        var lines = new ArrayList<String>();
        lines.add(health.status() + ": " + health.members() + " members, " + health.partitions() + " partitions");
        if (!health.isWell()) {
            var table = new TextTable(List.of("code", "where", "what to do"));
            health.why().forEach(cause -> table.row(List.of(cause.code(), cause.where(), cause.remedy())));
            lines.add("");
            lines.addAll(table.lines());
        }
        lines.addAll(health.paused());
        return lines;
    }
}
