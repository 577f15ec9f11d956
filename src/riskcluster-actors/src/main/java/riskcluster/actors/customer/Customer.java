package riskcluster.actors.customer;

import java.util.function.Consumer;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.UntypedAbstractActor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import riskcluster.actors.privacy.Aliases;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.ProfilePlace;
import riskcluster.actors.score.Scorer;

/**
 * The one owner of a customer's profile: scores each event once, in the partition's order.
 *
 * <p>Whoever talks to one has a typed reference. The actor is none of Pekko's typed ones, of which there is no other here:
 * what carries those keeps a context, a supervision and a behavior for each, a tenth of a customer's memory, and writes to
 * two more old objects with every message (docs/adr/0003-customers-as-children.md).
 */
public final class Customer extends UntypedAbstractActor {

    public sealed interface Command {}

    /** Go on from this profile; the first thing that somebody who was known before is told. */
    public record Restore(Profile profile) implements Command {}

    /** Score these of the round's events: they are all his, and stand in the log's order. */
    public record Score(Round round, int seat) implements Command {}

    /** Tell the profile as it is now. A customer and who asks him live in one process, as he does with his partition. */
    public record Show(Consumer<Profile> told) implements Command {}

    private final Scorer scorer;
    private final Aliases aliases = new Aliases();
    private final ProfilePlace place = new ProfilePlace();

    private Customer(Scorer scorer) {
        this.scorer = scorer;
    }

    /**
     * What customers who score by this are made by. An actor keeps it for as long as it lives, so all should share one: one for
     * each would be a tenth of what a customer takes.
     */
    public static Props props(Scorer scorer) {
        return Props.create(Customer.class, () -> new Customer(scorer))
                .withDispatcher("riskcluster.customer-dispatcher")
                .withMailbox("riskcluster.customer-mailbox");
    }

    /** A customer of whom nothing is known, as a child of this actor. */
    public static ActorRef<Command> spawn(org.apache.pekko.actor.typed.javadsl.ActorContext<?> parent, Props props) {
        return Adapter.toTyped(Adapter.actorOf(parent, props));
    }

    @Override
    public void onReceive(Object message) {
        switch ((Command) message) {
            case Restore(var saved) -> place.put(saved);
            case Score(var round, var seat) -> place.put(round.score(seat, place.profile(), scorer, aliases));
            case Show(var told) -> told.accept(place.profile());
        }
    }

    /** After a bug: one that began again would have forgotten all, and would score on. */
    @Override
    public void postRestart(Throwable reason) {
        getContext().stop(getSelf());
    }
}
