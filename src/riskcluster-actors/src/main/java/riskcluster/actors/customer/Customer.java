package riskcluster.actors.customer;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scorer;

/** The one owner of a customer's profile: scores each event once, in the partition's order. */
public final class Customer {

    public sealed interface Command {}

    /** Score these of the round's events: they are all his, and stand in the log's order. */
    public record Score(Round round, int seat) implements Command {}

    /** Tell the profile as it is now. A customer and who asks him live in one process, as he does with his partition. */
    public record Show(Consumer<Profile> told) implements Command {}

    private Customer() {}

    /** A customer who stands at {@code profile}. */
    public static Behavior<Command> create(Profile profile, Scorer scorer) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Score(var round, var seat) -> create(round.score(seat, profile, scorer), scorer);
            case Show(var told) -> {
                told.accept(profile);
                yield Behaviors.same();
            }
        });
    }
}
