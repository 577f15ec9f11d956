package riskcluster.node.operate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.OptionPage;

/** The commands that look at the actors of this node. */
final class ActorLooks {

    private static final int DEPTH = 4;
    private static final int DEPTH_MAX = 100;
    private static final int CHILDREN = 50;
    private static final int CHILDREN_MAX = 1_000;

    private final ActorSystem<?> system;

    ActorLooks(ActorSystem<?> system) {
        this.system = system;
    }

    List<Command> commands() {
        return List.of(
                new Command(
                        CommandPage.looks(
                                "hierarchy",
                                "Prints the tree of actors, one path a line, in the order of names.",
                                OptionPage.of("-s", "--start", "PATH", "Begin at this actor. Default: both roots."),
                                OptionPage.of(
                                        "-d",
                                        "--depth",
                                        "N",
                                        "So many levels below the start. Default: " + DEPTH + "."),
                                OptionPage.of(
                                        "-n",
                                        "--children",
                                        "N",
                                        "So many children of each; the others are counted. Default: " + CHILDREN
                                                + ".")),
                        this::hierarchy),
                new Command(CommandPage.looks("system", "Prints the address of the actor system."), this::system));
    }

    private void system(Arguments arguments, Answer answer) {
        var address = Cluster.get(system).selfMember().address().toString();
        answer.show(address, () -> List.of(address));
    }

    private void hierarchy(Arguments arguments, Answer answer) {
        var depth = arguments.number("-d", DEPTH, 0, DEPTH_MAX);
        var children = arguments.number("-n", CHILDREN, 1, CHILDREN_MAX);
        var actors = Hierarchy.below(starts(arguments.value("-s").orElse("/")), depth, children);
        answer.show(actors, () -> lines(actors));
    }

    private List<ActorRef> starts(String typed) {
        var classic = (ExtendedActorSystem) system.classicSystem();
        var self = Cluster.get(system).selfMember().address().toString();
        var path = typed.startsWith(self) ? typed.substring(self.length()) : typed;
        if (path.contains("://")) {
            throw CommandRefused.failed(typed + " is not on this node (" + self + "); ask the node that has it");
        }
        var names = Arrays.stream(path.split("/", -1))
                .filter(name -> !name.isEmpty())
                .toList();
        return names.isEmpty()
                ? Hierarchy.roots(classic)
                : List.of(Hierarchy.find(classic, names)
                        .orElseThrow(() ->
                                CommandRefused.failed("no actor /" + String.join("/", names) + " lives on this node")));
    }

    /** How many of a parent's children are left out is said after those that are not. */
    private static List<String> lines(List<Hierarchy.Actor> actors) {
        var lines = new ArrayList<String>();
        var parents = new ArrayDeque<Hierarchy.Actor>();
        for (var actor : actors) {
            while (!parents.isEmpty() && !actor.path().startsWith(parents.peek().path() + "/")) {
                leave(parents.pop(), lines);
            }
            lines.add(actor.path());
            parents.push(actor);
        }
        parents.forEach(parent -> leave(parent, lines));
        if (actors.size() == Hierarchy.ACTORS_MAX) {
            lines.add("... more than " + Hierarchy.ACTORS_MAX + " actors; begin deeper with -s");
        }
        return lines;
    }

    private static void leave(Hierarchy.Actor parent, List<String> lines) {
        if (parent.hidden() > 0) {
            lines.add(parent.path() + "/... and " + parent.hidden() + " more");
        }
    }
}
