package riskcluster.actors.partition;

import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import riskcluster.contracts.ledger.Pause;
import riskcluster.contracts.log.LogPartition;

/** Whether a partition rests because somebody wants it to. The wish stands in Postgres; this is what was last seen of it. */
final class Resting {

    private static final Logger LOG = LoggerFactory.getLogger(Resting.class);

    private final LogPartition source;
    private Optional<Pause> wish = Optional.empty();

    Resting(LogPartition source, Optional<Pause> wish) {
        this.source = source;
        hear(wish);
    }

    /** The wish as it stands now; true where it is another than before. */
    boolean hear(Optional<Pause> now) {
        if (now.equals(wish)) {
            return false;
        }
        wish = now;
        now.ifPresentOrElse(
                pause -> Lines.of(LOG, Level.WARN, source).log("partition {} rests, {}", source, pause.sentence()),
                () -> Lines.of(LOG, Level.WARN, source)
                        .log("partition {} goes on: nobody wants it to rest any more", source));
        return true;
    }

    /** Where everything that was read is let out, sealed and saved; empty where it is not, or does not rest. */
    OptionalLong at(RoundQueue rounds, Progress progress) {
        boolean down = isOn() && !rounds.isScoring() && progress.profilesSaved() == progress.position();
        return down ? OptionalLong.of(progress.position()) : OptionalLong.empty();
    }

    /** As it was last seen. */
    Optional<Pause> wish() {
        return wish;
    }

    /** Nothing more is read or decided. */
    boolean isOn() {
        return wish.isPresent();
    }
}
