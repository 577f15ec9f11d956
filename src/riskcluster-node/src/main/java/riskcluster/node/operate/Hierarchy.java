package riskcluster.node.operate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorRefWithCell;
import org.apache.pekko.actor.ExtendedActorSystem;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The tree of actors of this actor system, as far as it was asked for.
 *
 * <p>It looks at Pekko's own children containers, as Pekko's {@code printTree} does, because asking the actors
 * themselves (by {@code Identify} and wildcards) would send a message to each of a hundred thousand customers. The
 * containers are immutable and in the order of names, so the first names are had without a look at the others.
 */
final class Hierarchy {

    /** However deep and broad it is asked for, no more is looked at. */
    static final int ACTORS_MAX = 10_000;

    private final int childrenMax;
    private final List<Actor> found = new ArrayList<>();

    private Hierarchy(int childrenMax) {
        this.childrenMax = childrenMax;
    }

    /**
     * One actor.
     *
     * @param children how many it has
     * @param hidden how many of them are left out because they are too many
     */
    record Actor(String path, int children, int hidden) {}

    /** Both roots, in the order of their names. */
    static List<ActorRef> roots(ExtendedActorSystem system) {
        return List.of(system.systemGuardian(), system.guardian());
    }

    /** The actor with these names below a root, if it lives. */
    static Optional<ActorRef> find(ExtendedActorSystem system, List<String> names) {
        var found = roots(system).stream()
                .filter(root -> root.path().name().equals(names.getFirst()))
                .findFirst();
        for (var name : names.subList(1, names.size())) {
            found = found.flatMap(parent -> child(parent, name));
        }
        return found;
    }

    private static Optional<ActorRef> child(ActorRef parent, String name) {
        return parent instanceof ActorRefWithCell local
                ? Optional.<ActorRef>of(local.getSingleChild(name)).filter(ActorRefWithCell.class::isInstance)
                : Optional.empty();
    }

    /**
     * Actors from here on, parents before children, children in the order of their names.
     *
     * @param depth levels below the start; 0 is the start alone
     * @param childrenMax so many of each parent
     */
    static List<Actor> below(List<ActorRef> starts, int depth, int childrenMax) {
        var hierarchy = new Hierarchy(childrenMax);
        starts.forEach(start -> hierarchy.walk(start, depth));
        return List.copyOf(hierarchy.found);
    }

    private void walk(ActorRef actor, int depth) {
        if (found.size() == ACTORS_MAX) {
            return;
        }
        var path = actor.path().toStringWithoutAddress();
        if (!(actor instanceof ActorRefWithCell local)) {
            found.add(new Actor(path, 0, 0));
            return;
        }
        var children = local.children();
        var first = new ArrayList<ActorRef>();
        var names = CollectionConverters.asJava(children.iterator());
        while (names.hasNext() && first.size() < childrenMax) {
            first.add(names.next());
        }
        first.sort(Comparator.comparing(child -> child.path().name()));
        var count = children.size();
        found.add(new Actor(path, count, depth == 0 ? 0 : count - first.size()));
        if (depth > 0) {
            first.forEach(child -> walk(child, depth - 1));
        }
    }
}
