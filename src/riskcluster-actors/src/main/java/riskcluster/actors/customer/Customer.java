package riskcluster.actors.customer;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import riskcluster.actors.privacy.Aliases;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scorer;

/**
 * The one owner of a customer's profile: scores each event once, in the partition's order.
 *
 * <p>There are a hundred thousand of them, so this is a behavior by itself that keeps its state in a field: one built of
 * lambdas takes 88 bytes more of each, and its actor holds on to the first one, and with it to the first profile, for as
 * long as it lives.
 */
public final class Customer extends ExtensibleBehavior<Customer.Command> {

    public sealed interface Command {}

    /** Go on from this profile; the first thing that somebody who was known before is told. */
    public record Restore(Profile profile) implements Command {}

    /** Score these of the round's events: they are all his, and stand in the log's order. */
    public record Score(Round round, int seat) implements Command {}

    /** Tell the profile as it is now. A customer and who asks him live in one process, as he does with his partition. */
    public record Show(Consumer<Profile> told) implements Command {}

    private final Scorer scorer;
    private final Aliases aliases = new Aliases();
    private Profile profile;

    private Customer(Scorer scorer) {
        this.profile = Profile.EMPTY;
        this.scorer = scorer;
    }

    /** A customer of whom nothing is known. */
    public static Behavior<Command> create(Scorer scorer) {
        return new Customer(scorer);
    }

    @Override
    public Behavior<Command> receive(TypedActorContext<Command> context, Command command) {
        switch (command) {
            case Restore(var saved) -> profile = saved;
            case Score(var round, var seat) -> profile = round.score(seat, profile, scorer, aliases);
            case Show(var told) -> told.accept(profile);
        }
        return this;
    }

    @Override
    public Behavior<Command> receiveSignal(TypedActorContext<Command> context, Signal signal) {
        return Behaviors.unhandled();
    }
}
