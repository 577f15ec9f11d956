package riskcluster.actors.log;

import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.javadsl.Source;
import riskcluster.contracts.log.LogPartition;

/** A stream of what is made of fetches, from a given offset on, without end. */
public final class LogSource {

    private static final String BLOCKING_DISPATCHER = "riskcluster.blocking-dispatcher";
    private static final int FETCHES_AHEAD_MAX = 1;

    private LogSource() {}

    /**
     * Fetches that brought no record and moved no offset are left out.
     *
     * @param made what becomes of a fetch; it may block, for it is called on the dispatcher for what blocks
     */
    public static <T> Source<T, NotUsed> of(
            InputLog log, LogPartition source, long from, int leaderEpoch, Function<Fetch, T> made) {
        return Source.unfoldResource(
                        () -> log.open(source, from, leaderEpoch),
                        reader -> Optional.of(reader.next()),
                        LogReader::close)
                // the source itself asks for Pekko's 16 threads for files; what is nearest to it counts
                .addAttributes(ActorAttributes.dispatcher(BLOCKING_DISPATCHER))
                .filter(fetch -> fetch.next() > fetch.from())
                .map(made::apply)
                .async(BLOCKING_DISPATCHER, FETCHES_AHEAD_MAX);
    }
}
