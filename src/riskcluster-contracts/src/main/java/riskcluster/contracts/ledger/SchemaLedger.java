package riskcluster.contracts.ledger;

import java.util.Optional;

/**
 * The Avro schemas by their id as they were when their first record was decoded. What decode looks up can change an
 * output, so it is looked up once, recorded, and the same from then on: live, after a crash and in a replay.
 *
 * <p>An id has one meaning in all partitions and at all offsets, because no record that carries it is decided before
 * the meaning is recorded. Every call blocks and is one transaction; an exception means: ask again.
 */
public interface SchemaLedger {

    /** What was recorded for this id; empty where nothing was yet. */
    Optional<RecordedSchema> find(int id);

    /** Records what the id means, unless that was done before; returns what holds. */
    RecordedSchema record(RecordedSchema schema);
}
