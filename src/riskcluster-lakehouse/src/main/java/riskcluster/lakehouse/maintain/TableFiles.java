package riskcluster.lakehouse.maintain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.table.TableDefinition;

/**
 * One table as it is now: its metadata and the data files that it shows.
 *
 * @param files without column statistics, in no order
 */
record TableFiles(TableDefinition table, TableMetadata metadata, List<ManifestFile> manifests, List<DataFile> files) {

    private static final List<String> COLUMNS = List.of(
            "file_path", "file_format", "spec_id", "partition", "record_count", "file_size_in_bytes", "sort_order_id");

    TableFiles {
        manifests = List.copyOf(manifests);
        files = List.copyOf(files);
    }

    /** Reads tables one after the other and remembers the manifests they share with what was read before. */
    static final class Reader {

        private final FileIO io;
        private final Map<String, Map<String, List<DataFile>>> known = new HashMap<>();

        Reader(FileIO io) {
            this.io = io;
        }

        TableFiles read(TableDefinition table, TableMetadata metadata) {
            Snapshot snapshot = metadata.currentSnapshot();
            List<ManifestFile> manifests = snapshot == null ? List.of() : snapshot.dataManifests(io);
            var before = known.getOrDefault(table.qualifiedName(), Map.of());
            var now = new HashMap<String, List<DataFile>>();
            var files = new ArrayList<DataFile>();
            for (ManifestFile manifest : manifests) {
                var inIt = before.containsKey(manifest.path())
                        ? before.getOrDefault(manifest.path(), List.of())
                        : entries(manifest, metadata);
                now.put(manifest.path(), inIt);
                files.addAll(inIt);
            }
            known.put(table.qualifiedName(), now);
            return new TableFiles(table, metadata, manifests, files);
        }

        private List<DataFile> entries(ManifestFile manifest, TableMetadata metadata) {
            var files = new ArrayList<DataFile>();
            try (var entries =
                    ManifestFiles.read(manifest, io, metadata.specsById()).select(COLUMNS)) {
                for (DataFile file : entries) {
                    files.add(file.copyWithoutStats());
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot read manifest " + manifest.path(), failure);
            }
            return files;
        }
    }

    long bytes() {
        return files.stream().mapToLong(DataFile::fileSizeInBytes).sum();
    }
}
