package riskcluster.lakehouse.commit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Passes on to another store what is read and written, and remembers which files were begun, so that a failed attempt can
 * be cleaned. It deletes nothing: what Iceberg has written for nothing waits for its end like any other file.
 */
final class WrittenFiles implements FileIO {

    private final FileIO store;

    /** Iceberg writes manifests from threads of its own. */
    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

    private final List<String> unneeded = Collections.synchronizedList(new ArrayList<>());

    WrittenFiles(FileIO store) {
        this.store = store;
    }

    List<String> begun() {
        return List.copyOf(begun);
    }

    /** Those of {@link #begun} that the attempt does not need after all. */
    List<String> unneeded() {
        return List.copyOf(unneeded);
    }

    @Override
    public InputFile newInputFile(String location) {
        return store.newInputFile(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        begun.add(location);
        return store.newOutputFile(location);
    }

    /**
     * Takes it that the file is not needed.
     *
     * @throws IllegalStateException where it is not one of this attempt, so that others may refer to it
     */
    @Override
    public void deleteFile(String location) {
        if (!begun.contains(location)) {
            throw new IllegalStateException(location + " was not written here and may not be deleted");
        }
        unneeded.add(location);
    }
}
