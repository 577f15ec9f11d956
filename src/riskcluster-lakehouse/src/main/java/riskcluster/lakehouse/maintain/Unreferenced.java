package riskcluster.lakehouse.maintain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/** The files that only some of a table's snapshots refer to: manifest lists, manifests, data files. */
public final class Unreferenced {

    private final FileIO io;
    private final Map<Integer, PartitionSpec> specs;

    private Unreferenced(FileIO io, Map<Integer, PartitionSpec> specs) {
        this.io = io;
        this.specs = specs;
    }

    /** What nothing refers to once these snapshots are gone from the table. */
    public static List<String> without(Set<Long> removed, TableMetadata metadata, FileIO io) {
        return new Unreferenced(io, metadata.specsById()).between(metadata, removed);
    }

    private List<String> between(TableMetadata metadata, Set<Long> removed) {
        var kept = new HashMap<String, ManifestFile>();
        var dropped = new HashMap<String, ManifestFile>();
        var files = new ArrayList<String>();
        for (Snapshot snapshot : metadata.snapshots()) {
            boolean goes = removed.contains(snapshot.snapshotId());
            if (goes) {
                files.add(snapshot.manifestListLocation());
            }
            var target = goes ? dropped : kept;
            snapshot.allManifests(io).forEach(manifest -> target.put(manifest.path(), manifest));
        }
        dropped.keySet().removeAll(kept.keySet());
        files.addAll(dropped.keySet());
        files.addAll(dataFiles(dropped.values(), kept.values()));
        return files;
    }

    /** A data file that a dropped manifest shows is still needed where any manifest that is kept shows it. */
    private Set<String> dataFiles(Iterable<ManifestFile> dropped, Iterable<ManifestFile> kept) {
        Set<String> candidates = new HashSet<>();
        dropped.forEach(manifest -> candidates.addAll(paths(manifest)));
        for (ManifestFile manifest : kept) {
            if (candidates.isEmpty()) {
                break;
            }
            paths(manifest).forEach(candidates::remove);
        }
        return candidates;
    }

    private List<String> paths(ManifestFile manifest) {
        var paths = new ArrayList<String>();
        try (var entries = ManifestFiles.readPaths(manifest, io, specs)) {
            entries.forEach(paths::add);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read manifest " + manifest.path(), failure);
        }
        return paths;
    }
}
