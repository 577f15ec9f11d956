package riskcluster.actors.log;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.lake.History;
import riskcluster.contracts.lake.HistoryReader;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.trace.LineFields;

/** Reads the log, and where retention has taken what comes next, the history up to where the log begins. */
final class BridgedReader implements LogReader {

    private static final Logger LOG = LoggerFactory.getLogger(BridgedReader.class);
    private static final int LEADER_EPOCH_UNKNOWN = -1;

    private final InputLog log;
    private final History history;
    private final LogPartition source;
    private long position;
    private int leaderEpoch;
    private long end;
    private @Nullable LogReader live;
    private @Nullable HistoryReader past;

    BridgedReader(InputLog log, History history, LogPartition source, long from, int leaderEpoch) {
        this.log = log;
        this.history = history;
        this.source = source;
        this.position = from;
        this.leaderEpoch = leaderEpoch;
    }

    @Override
    public Fetch next() {
        var kept = past;
        if (kept != null) {
            var stretch = kept.next();
            if (stretch.isPresent()) {
                position = stretch.get().to();
                return new Fetch(
                        stretch.get().from(),
                        position,
                        LEADER_EPOCH_UNKNOWN,
                        Math.max(0, end - position),
                        stretch.get().records());
            }
            close();
        }
        try {
            return fromLog();
        } catch (RangeMissing missing) {
            if (!missing.isForgotten()) {
                throw missing;
            }
            close();
            turnToHistory();
            return new Fetch(position, position, LEADER_EPOCH_UNKNOWN, Math.max(0, end - position), List.of());
        }
    }

    private Fetch fromLog() {
        var reader = live;
        if (reader == null) {
            reader = log.open(source, position, leaderEpoch);
            live = reader;
        }
        var fetch = reader.next();
        position = fetch.next();
        return fetch;
    }

    /** What is sealed and not committed yet comes into the lake by itself; what was never sealed is lost. */
    private void turnToHistory() {
        long first = log.firstOffset(source);
        long sealed = history.sealed(source);
        if (sealed < first) {
            throw RangeMissing.forgotten(source, Math.max(position, sealed), first);
        }
        if (history.end(source) < first) {
            throw new IllegalStateException("the log of " + source + " begins at " + first
                    + ", what lies before is sealed and waits for the committer");
        }
        LOG.atWarn()
                .addKeyValue(LineFields.PARTITION, source.partition())
                .addKeyValue(LineFields.OFFSET, position)
                .log(
                        "retention has taken [{}, {}) of {}, which is already in the lake: it is replayed from there",
                        position,
                        first,
                        source);
        end = log.endOffset(source);
        leaderEpoch = LEADER_EPOCH_UNKNOWN;
        past = history.open(source, position, first);
    }

    @Override
    public void close() {
        if (past != null) {
            past.close();
            past = null;
        }
        if (live != null) {
            live.close();
            live = null;
        }
    }
}
