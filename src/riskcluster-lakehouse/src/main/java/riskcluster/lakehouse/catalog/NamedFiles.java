package riskcluster.lakehouse.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/** The files that a table's metadata names, now or in a snapshot that it still has. */
public final class NamedFiles {

    private NamedFiles() {}

    /** Paths of all of them: metadata, lists of manifests, manifests, data and statistics. Reads every manifest once. */
    public static Set<String> of(TableMetadata metadata, FileIO io) {
        Set<String> named = new HashSet<>();
        named.add(metadata.metadataFileLocation());
        metadata.previousFiles().forEach(entry -> named.add(entry.file()));
        metadata.statisticsFiles().stream().map(StatisticsFile::path).forEach(named::add);
        for (Snapshot snapshot : metadata.snapshots()) {
            named.add(snapshot.manifestListLocation());
            for (ManifestFile manifest : snapshot.allManifests(io)) {
                if (named.add(manifest.path())) {
                    addFiles(manifest, metadata, io, named);
                }
            }
        }
        return named;
    }

    private static void addFiles(ManifestFile manifest, TableMetadata metadata, FileIO io, Set<String> named) {
        try (var paths = ManifestFiles.readPaths(manifest, io, metadata.specsById())) {
            paths.forEach(named::add);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read manifest " + manifest.path(), failure);
        }
    }
}
