package riskcluster.actors.decode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A folder as a registry: the schema of id 7 stands in {@code 7.avsc}. A file that is added later is found; one that was
 * read once is not read again. Any number of threads may share one.
 */
public final class FileSchemaRegistry implements SchemaRegistry {
    private final Path folder;
    private final ConcurrentMap<Integer, Lookup.Known> known = new ConcurrentHashMap<>();

    public FileSchemaRegistry(Path folder) {
        this.folder = folder;
    }

    @Override
    public Lookup schema(int id) {
        var found = known.get(id);
        return found == null ? read(id) : found;
    }

    private Lookup read(int id) {
        var file = folder.resolve(id + ".avsc");
        if (!Files.isRegularFile(file)) {
            return new Lookup.Unknown("schema " + id + " is not known: there is no file " + file);
        }
        try {
            var schema = new Schema.Parser().parse(Files.readString(file));
            return known.computeIfAbsent(id, _ -> new Lookup.Known(schema));
        } catch (IOException | AvroRuntimeException e) {
            return new Lookup.Unknown("schema " + id + " is not known: " + file + " cannot be read: " + e.getMessage());
        }
    }
}
