package riskcluster.actors.log;

import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Source;
import riskcluster.contracts.log.LogPartition;

/** A stream of what is made of fetches, from a given offset on, without end. */
public final class LogSource {

    /**
     * What the stream that it is part of is to run with: what is made of a fetch may block, and whatever comes after it runs
     * on the same thread, for another one would have to be woken for a handful of records.
     */
    public static final Attributes RUN_WITH = ActorAttributes.dispatcher("riskcluster.blocking-dispatcher");

    private LogSource() {}

    /**
     * Fetches that brought no record and moved no offset are left out.
     *
     * @param made what becomes of a fetch; it may block where the stream is run with {@link #RUN_WITH}
     */
    public static <T> Source<T, NotUsed> of(
            InputLog log, LogPartition source, long from, int leaderEpoch, Function<Fetch, T> made) {
        return Source.unfoldResource(
                        () -> log.open(source, from, leaderEpoch),
                        reader -> Optional.of(reader.next()),
                        LogReader::close)
                // the source itself asks for Pekko's 16 threads for files; what is nearest to it counts
                .addAttributes(RUN_WITH)
                .filter(fetch -> fetch.next() > fetch.from())
                .map(made::apply);
    }
}
