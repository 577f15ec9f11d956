package riskcluster.contracts.lake;

import java.util.List;
import java.util.Optional;
import riskcluster.contracts.log.LogRecord;

/** A range of the history that is read piece by piece, in the log's order, in bounded memory. Used by one thread. */
public interface HistoryReader extends AutoCloseable {

    /** The next piece; empty at the end. Blocks while it reads files. */
    Optional<Stretch> next();

    @Override
    void close();

    /**
     * The records of the offsets [from, to). Offsets without a record belong to control records and aborted
     * transactions.
     */
    record Stretch(long from, long to, List<LogRecord> records) {
        public Stretch {
            records = List.copyOf(records);
        }
    }
}
