package riskcluster.actors.alert;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.step.Steps;

/** The one that speaks on a partition's alert channel; lives on a dispatcher for blocking work. */
public final class Publisher {

    public sealed interface Command {}

    /** Send these now. */
    public record Publish(List<Judged> loud) implements Command {}

    /** Commit what was sent, with this alert cursor and the note beside it. */
    public record Commit(long cursor, CursorNote note) implements Command {}

    /** The alert cursor stands at {@code cursor}. */
    public record Committed(long cursor) {}

    private Publisher() {}

    /** A failure of the channel stops the publisher, and with it, since it is watched, the partition's incarnation. */
    public static Behavior<Command> create(
            LogPartition source, AlertChannel channel, Steps steps, ActorRef<Committed> replyTo) {
        return Behaviors.receive(Command.class)
                .onMessage(Publish.class, publish -> {
                    publish.loud().forEach(channel::send);
                    steps.reached(source.toString(), Step.ALERTS_SENT);
                    return Behaviors.same();
                })
                .onMessage(Commit.class, commit -> {
                    channel.commit(commit.cursor(), commit.note());
                    steps.reached(source.toString(), Step.ALERTS_COMMITTED);
                    replyTo.tell(new Committed(commit.cursor()));
                    return Behaviors.same();
                })
                .onSignal(PostStop.class, stopped -> {
                    channel.close();
                    return Behaviors.same();
                })
                .build();
    }
}
