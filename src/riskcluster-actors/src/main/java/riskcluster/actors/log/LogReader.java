package riskcluster.actors.log;

/** A place in the log that moves on with every fetch. Used by one thread at a time. */
public interface LogReader extends AutoCloseable {

    /**
     * The next records, in order; an empty fetch where none came in time.
     *
     * @throws RangeMissing where the offset is no longer, or not yet, in the log
     */
    Fetch next();

    @Override
    void close();
}
