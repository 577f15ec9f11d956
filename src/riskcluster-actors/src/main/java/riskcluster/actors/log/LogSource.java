package riskcluster.actors.log;

import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.javadsl.Source;
import riskcluster.contracts.log.LogPartition;

/** A stream of fetches, from a given offset on, without end. */
public final class LogSource {

    private static final String BLOCKING_DISPATCHER = "riskcluster.blocking-dispatcher";
    private static final int FETCHES_AHEAD_MAX = 1;

    private LogSource() {}

    /** Fetches that brought no record and moved no offset are left out. */
    public static Source<Fetch, NotUsed> of(InputLog log, LogPartition source, long from, int leaderEpoch) {
        return Source.unfoldResource(
                        () -> log.open(source, from, leaderEpoch),
                        reader -> Optional.of(reader.next()),
                        LogReader::close)
                // the source itself asks for Pekko's 16 threads for files; what is nearest to it counts
                .addAttributes(ActorAttributes.dispatcher(BLOCKING_DISPATCHER))
                .filter(fetch -> fetch.next() > fetch.from())
                .async(BLOCKING_DISPATCHER, FETCHES_AHEAD_MAX);
    }
}
