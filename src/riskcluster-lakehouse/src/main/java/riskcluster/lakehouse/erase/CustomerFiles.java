package riskcluster.lakehouse.erase;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.table.PersonalTable;
import riskcluster.lakehouse.catalog.LakeCatalog;

/** Counts the files of a table, as it is now, that hold a customer: what an erasure would write anew. */
public final class CustomerFiles {

    private CustomerFiles() {}

    /** How many files of the table hold rows of his. Reads the columns that name customers. */
    public static int count(LakeCatalog catalog, PersonalTable table, Subject subject) {
        FileIO io = catalog.warehouse().io();
        TableMetadata metadata = catalog.load(table.table());
        var snapshot = metadata.currentSnapshot();
        var rows = new RowErasure(table, subject, () -> {
            throw new IllegalStateException("nothing is written");
        });
        int files = 0;
        if (snapshot != null) {
            for (ManifestFile manifest : snapshot.dataManifests(io)) {
                files += count(manifest, metadata, io, rows);
            }
        }
        return files;
    }

    private static int count(ManifestFile manifest, TableMetadata metadata, FileIO io, RowErasure rows) {
        int files = 0;
        try (var paths = ManifestFiles.readPaths(manifest, io, metadata.specsById())) {
            for (String path : paths) {
                files += rows.holds(metadata, io, path) ? 1 : 0;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read manifest " + manifest.path(), failure);
        }
        return files;
    }
}
