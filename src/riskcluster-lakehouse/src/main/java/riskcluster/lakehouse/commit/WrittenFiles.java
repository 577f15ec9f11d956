package riskcluster.lakehouse.commit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Passes everything on to another store and remembers which files were begun, so that a failed attempt can be cleaned. */
final class WrittenFiles implements FileIO {

    private final FileIO store;

    /** Iceberg writes manifests from threads of its own. */
    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

    WrittenFiles(FileIO store) {
        this.store = store;
    }

    List<String> begun() {
        return List.copyOf(begun);
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

    @Override
    public void deleteFile(String location) {
        store.deleteFile(location);
    }
}
