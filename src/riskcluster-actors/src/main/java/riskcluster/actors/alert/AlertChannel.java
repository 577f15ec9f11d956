package riskcluster.actors.alert;

import java.util.Optional;
import java.util.OptionalLong;
import riskcluster.contracts.decision.Judged;

/**
 * A partition's transactional way to the alert topic and the dead letter queue. Used by one thread at a time; an
 * exception means that nobody knows what was published: close it, open anew, read the cursor and go on from there.
 */
public interface AlertChannel extends AutoCloseable {

    /** The committed alert cursor, read stable; empty where Kafka has forgotten it. Blocks. */
    OptionalLong cursor();

    /**
     * One past the input offset of the last committed message in this partition of the alert, anomaly and dead letter
     * topics; 0 where there is none. Blocks.
     */
    long lastPublished();

    /** Sends the record's anomalies and its alert or dead letter at once; who reads committed sees it after {@link #commit}. */
    void send(Judged judged);

    /** Commits what was sent together with the alert cursor. Blocks until Kafka has said that it happened. */
    void commit(long cursor);

    /** The same, with a note beside the cursor. */
    default void commit(long cursor, CursorNote note) {
        commit(cursor);
    }

    /** What was noted beside the committed alert cursor; empty where nothing was. Blocks. */
    default Optional<CursorNote> noted() {
        return Optional.empty();
    }

    @Override
    void close();
}
