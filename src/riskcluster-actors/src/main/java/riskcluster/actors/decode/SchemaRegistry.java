package riskcluster.actors.decode;

import java.net.URI;
import java.nio.file.Path;
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

        /** Not known, and it is recorded that nobody waits for it any more: its records do not decode. */
        record GivenUp(String why) implements Lookup {}

        /** There is no registry, so nobody ever will: the record does not decode. */
        record NoRegistry() implements Lookup {}
    }

    /**
     * The registry at this place.
     *
     * @param place {@code http:} or {@code https:} URI of a registry, or a folder as path or {@code file:} URI
     */
    static SchemaRegistry at(String place) {
        if (place.startsWith("http://") || place.startsWith("https://")) {
            return new HttpSchemaRegistry(URI.create(place));
        }
        return new FileSchemaRegistry(place.startsWith("file:") ? Path.of(URI.create(place)) : Path.of(place));
    }

    /** A registry without a single schema. */
    static SchemaRegistry empty() {
        return id -> new Lookup.NoRegistry();
    }
}
