package riskcluster.actors.partition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.pattern.Patterns;
import riskcluster.actors.customer.Round;
import riskcluster.actors.log.Fetch;

/**
 * Decodes fetches, and waits at a record that can be neither decoded nor rejected yet. Whoever calls it is not of the
 * dispatcher of the actors: a schema that is met for the first time is asked for outside.
 */
final class Decoding {

    private static final Duration PAUSE_MIN = Duration.ofMillis(250);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(15);

    private final Rounds rounds;
    private final ClassicActorSystemProvider system;
    private final Executor blocking;
    private final Consumer<Optional<Rounds.Rest>> waits;
    private volatile boolean ended;

    /** @param waits told at what it waits; told nothing when it goes on */
    Decoding(
            Rounds rounds,
            ClassicActorSystemProvider system,
            Executor blocking,
            Consumer<Optional<Rounds.Rest>> waits) {
        this.rounds = rounds;
        this.system = system;
        this.blocking = blocking;
        this.waits = waits;
    }

    /**
     * The rounds of a fetch; where a record cannot be decoded yet, those before it and then what must wait. It blocks where a
     * schema is met for the first time.
     */
    List<Rounds.Piece> pieces(Fetch fetch) {
        rounds.arrived(fetch);
        return rounds.of(fetch);
    }

    /** The rounds of a piece, as soon as every record in it can be decoded or rejected. */
    CompletionStage<List<Round>> settled(Rounds.Piece piece) {
        return switch (piece) {
            case Rounds.Ready(var round) -> CompletableFuture.completedFuture(List.of(round));
            case Rounds.Rest rest -> await(rest, PAUSE_MIN);
        };
    }

    private CompletionStage<List<Round>> await(Rounds.Rest rest, Duration pause) {
        if (ended) {
            return new CompletableFuture<>(); // nobody listens any more
        }
        waits.accept(Optional.of(rest));
        return Patterns.after(
                        pause, system, () -> CompletableFuture.supplyAsync(() -> rounds.again(rest.fetch()), blocking))
                .thenCompose(pieces -> goOn(rest, pieces, pause));
    }

    /** Goes on when all of it is there: what lies between two records that cannot be decoded waits with the first. */
    private CompletionStage<List<Round>> goOn(Rounds.Rest rest, List<Rounds.Piece> pieces, Duration pause) {
        if (pieces.getLast() instanceof Rounds.Rest still) {
            var longer = pause.multipliedBy(2);
            return await(
                    new Rounds.Rest(rest.fetch(), still.why()), longer.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : longer);
        }
        waits.accept(Optional.empty());
        return CompletableFuture.completedFuture(pieces.stream()
                .map(Rounds.Ready.class::cast)
                .map(Rounds.Ready::round)
                .toList());
    }

    /** Asks for nothing any more. */
    void end() {
        ended = true;
    }
}
