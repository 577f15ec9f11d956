package riskcluster.node.upkeep;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Questions to the cluster's maintenance from outside its actor. */
public final class UpkeepCalls {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(18);

    private final Supplier<CompletionStage<ActorRef<Upkeep.Command>>> place;
    private final Scheduler scheduler;

    public UpkeepCalls(Supplier<CompletionStage<ActorRef<Upkeep.Command>>> place, Scheduler scheduler) {
        this.place = place;
        this.scheduler = scheduler;
    }

    /** Does now what is due; answers when nothing is due any more, or after a bounded time. */
    public CompletionStage<Upkeep.Finished> run() {
        return place.get().thenCompose(upkeep -> AskPattern.ask(upkeep, Upkeep.RunNow::new, ANSWER_MAX, scheduler));
    }

    /** How fit the tables are. */
    public CompletionStage<Upkeep.Looked> look() {
        return place.get().thenCompose(upkeep -> AskPattern.ask(upkeep, Upkeep.Look::new, ANSWER_MAX, scheduler));
    }

    /** What was done, the newest first. */
    public CompletionStage<History.Told> history(int limit) {
        return place.get()
                .thenCompose(upkeep ->
                        AskPattern.ask(upkeep, replyTo -> new Upkeep.Remember(limit, replyTo), ANSWER_MAX, scheduler));
    }
}
