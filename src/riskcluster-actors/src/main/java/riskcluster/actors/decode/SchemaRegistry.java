package riskcluster.actors.decode;

import java.util.Optional;
import org.apache.avro.Schema;

/** Where the schemas of Avro records are looked up by the id that the records carry. */
public interface SchemaRegistry {

    /**
     * The schema of this id, the same for ever; empty where the registry does not know it, now or not yet. May block the
     * first time an id is asked for. Does not throw.
     */
    Optional<Schema> schema(int id);

    /** A registry without a single schema. */
    static SchemaRegistry empty() {
        return _ -> Optional.empty();
    }
}
