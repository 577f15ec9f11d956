package riskcluster.actors.decode;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.ledger.RecordedSchema;
import riskcluster.contracts.ledger.SchemaLedger;

/**
 * A registry whose answers are recorded before they are first used: a schema that is recorded is taken from there, even
 * when the registry behind it says something else, says nothing, or is gone. Any number of threads may share one.
 */
public final class RecordedSchemas implements SchemaRegistry {

    /** Parsed schemas kept in memory; past that all are forgotten and read from the ledger again. */
    private static final int KNOWN_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RecordedSchemas.class);

    private final SchemaLedger ledger;
    private final SchemaRegistry registry;
    private final ConcurrentMap<Integer, Lookup> known = new ConcurrentHashMap<>();

    /** @param registry asked for ids that are not recorded yet */
    public RecordedSchemas(SchemaLedger ledger, SchemaRegistry registry) {
        this.ledger = ledger;
        this.registry = registry;
    }

    @Override
    public Lookup schema(int id) {
        var found = known.get(id);
        return found == null ? lookUp(id) : found;
    }

    private Lookup lookUp(int id) {
        try {
            Optional<RecordedSchema> recorded = ledger.find(id);
            return recorded.isPresent() ? remember(recorded.get()) : ask(id);
        } catch (RuntimeException e) { // the ledger did not answer: the partition asks again
            return new Lookup.Unknown("schema " + id + " cannot be looked up: " + e.getMessage());
        }
    }

    private Lookup ask(int id) {
        return switch (registry.schema(id)) {
            case Lookup.Known(var schema) -> {
                var holds = ledger.record(new RecordedSchema(id, Optional.of(schema.toString())));
                LOG.info("schema {} is recorded: {}", id, schema.getFullName());
                yield remember(holds);
            }
            case Lookup.Unknown unknown -> unknown;
            case Lookup.GivenUp(var why) -> new Lookup.Unknown(why); // only the ledger can say so
            case Lookup.NoRegistry none ->
                new Lookup.Unknown("schema " + id + " is not recorded, and this node has no schema registry to ask");
        };
    }

    private Lookup remember(RecordedSchema recorded) {
        var meaning = meaning(recorded);
        if (!(meaning instanceof Lookup.Unknown)) {
            if (known.size() >= KNOWN_MAX) {
                known.clear();
            }
            known.put(recorded.id(), meaning);
        }
        return meaning;
    }

    private static Lookup meaning(RecordedSchema recorded) {
        if (recorded.content().isEmpty()) {
            return new Lookup.GivenUp("schema " + recorded.id() + " was given up");
        }
        try {
            return new Lookup.Known(new Schema.Parser().parse(recorded.content().get()));
        } catch (AvroRuntimeException e) {
            return new Lookup.Unknown("schema " + recorded.id() + " as recorded cannot be read here: " + e.getMessage()
                    + "; a newer program may");
        }
    }
}
