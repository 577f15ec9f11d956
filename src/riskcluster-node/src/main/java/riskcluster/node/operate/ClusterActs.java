package riskcluster.node.operate;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import riskcluster.node.guard.Role;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.OptionPage;

/** The commands that change who is a member. Each waits until this node sees what it asked for. */
final class ClusterActs {

    private static final Duration SEEN_MAX = Duration.ofSeconds(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Set<MemberStatus> PRESENT =
            Set.of(MemberStatus.joining(), MemberStatus.weaklyUp(), MemberStatus.up());

    private final Cluster cluster;

    ClusterActs(ActorSystem<?> system) {
        this.cluster = Cluster.get(system);
    }

    List<Command> commands() {
        return List.of(
                new Command(
                        CommandPage.acts(
                                "leave",
                                "Lets a node leave: its partitions move first. Without an address: this node.",
                                address("The node that leaves.")),
                        this::leave,
                        Role.OPERATOR),
                new Command(
                        CommandPage.acts(
                                "down",
                                "Declares a node dead. If it lives it stops; it can come back only as a new process.",
                                address("The node that is dead.").needed()),
                        this::down),
                new Command(
                        CommandPage.acts("down-unreachable", "Declares every unreachable node dead."),
                        this::downUnreachable),
                new Command(
                        CommandPage.acts(
                                "join",
                                "Lets this node join a cluster. A node joins once in its life.",
                                address("A member of that cluster, or this node to form a new one.")
                                        .needed()),
                        this::join));
    }

    private static OptionPage address(String help) {
        return OptionPage.of("-a", "--address", "ADDRESS", help);
    }

    private void leave(Arguments arguments, Answer answer) throws InterruptedException {
        var self = cluster.selfMember().address();
        var member = Addresses.member(arguments.value("-a").orElse(self.toString()), cluster);
        cluster.manager().tell(Leave.create(member.address()));
        await(() -> !is(member.uniqueAddress(), PRESENT), member.address() + " does not leave yet");
        tell(answer, member.address(), "leaving");
    }

    private void down(Arguments arguments, Answer answer) throws InterruptedException {
        var node =
                Addresses.member(arguments.value("-a").orElseThrow(), cluster).uniqueAddress();
        down(node);
        tell(answer, node.address(), "down");
    }

    private void downUnreachable(Arguments arguments, Answer answer) throws InterruptedException {
        var dead = Addresses.members(cluster).stream()
                .filter(member -> cluster.state().getUnreachable().contains(member))
                .map(Member::uniqueAddress)
                .toList();
        for (var node : dead) {
            down(node);
        }
        var told = dead.stream().map(node -> told(node.address(), "down")).toList();
        answer.show(
                told,
                () -> dead.isEmpty()
                        ? List.of("no node is unreachable")
                        : dead.stream().map(node -> node.address() + " is down").toList());
    }

    private void down(UniqueAddress node) throws InterruptedException {
        cluster.manager().tell(new Down(node.address()));
        var gone = Set.of(MemberStatus.down(), MemberStatus.removed());
        await(() -> !isMember(node) || is(node, gone), node.address() + " is not down yet");
    }

    private void join(Arguments arguments, Answer answer) throws InterruptedException {
        var self = cluster.selfMember();
        var address = Addresses.parse(arguments.value("-a").orElseThrow(), self.address());
        if (cluster.isTerminated()) {
            throw CommandRefused.failed("this node has left its cluster; start a new process to join another");
        }
        if (isMember(self.uniqueAddress())) {
            throw CommandRefused.failed("this node is a member already ("
                    + self.status().toString().toLowerCase(Locale.ROOT) + "); it joins once in its life");
        }
        cluster.manager().tell(Join.create(address));
        await(
                () -> is(self.uniqueAddress(), Set.of(MemberStatus.up(), MemberStatus.weaklyUp())),
                "no member of " + address + " has let this node in yet; it goes on trying");
        tell(answer, self.address(), "up");
    }

    private boolean isMember(UniqueAddress node) {
        return !cluster.isTerminated()
                && StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                        .anyMatch(member -> member.uniqueAddress().equals(node));
    }

    private boolean is(UniqueAddress node, Set<MemberStatus> statuses) {
        return !cluster.isTerminated()
                && StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                        .anyMatch(member -> member.uniqueAddress().equals(node) && statuses.contains(member.status()));
    }

    private static void await(BooleanSupplier seen, String late) throws InterruptedException {
        var until = System.nanoTime() + SEEN_MAX.toNanos();
        while (!seen.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw CommandRefused.late(late + " after " + SEEN_MAX.toSeconds() + " s; see 'cluster show'");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private static void tell(Answer answer, Address address, String status) {
        answer.show(told(address, status), () -> List.of(address + " is " + status));
    }

    /** What became of a node, for programs. */
    record Told(String address, String status) {}

    private static Told told(Address address, String status) {
        return new Told(address.toString(), status);
    }
}
