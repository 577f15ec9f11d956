package riskcluster.actors.decode;

import org.apache.avro.Schema;

/** Where the schemas of Avro records are looked up by the id that the records carry. */
public interface SchemaRegistry {

    /**
     * The schema of this id: once known, the same for ever. May block the first time an id is asked for; does not throw.
     */
    Lookup schema(int id);

    /** What a registry says about an id. */
    sealed interface Lookup {

        record Known(Schema schema) implements Lookup {}

        /** Not known, now or not yet. */
        record Unknown(String why) implements Lookup {}

        /** There is no registry, so nobody ever will: the record does not decode. */
        record NoRegistry() implements Lookup {}
    }

    /** A registry without a single schema. */
    static SchemaRegistry empty() {
        return id -> new Lookup.NoRegistry();
    }
}
