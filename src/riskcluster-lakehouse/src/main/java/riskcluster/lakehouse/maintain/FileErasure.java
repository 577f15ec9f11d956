package riskcluster.lakehouse.maintain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.FileIO;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.erase.FileAnew;

/**
 * Files in the place of files with rows that change: a customer's, or those with an old name. Files that came after the
 * preparation are looked at here, at the committer, where they may have such rows: gold writes those of open windows anew with
 * every batch, and a step that only knew the old ones would be refused for ever.
 *
 * @param others whether files that are neither clean nor written may have such rows
 * @param clean paths of files that were looked at and have none
 * @param written by the path of a file what takes its place; nothing where no row is left
 */
record FileErasure(
        String kind,
        Preparation preparation,
        FileAnew rows,
        boolean others,
        Set<String> clean,
        Map<String, Optional<DataFile>> written)
        implements PreparedRewrite {

    static final String KIND = "erasure";

    FileErasure {
        clean = Set.copyOf(clean);
        written = Map.copyOf(written);
    }

    /**
     * Writes every file of the table anew that the change concerns; empty where it concerns none.
     *
     * @param known paths of files that were looked at before and have no such rows, of which files never change; knows
     *     afterwards those of the table as it is
     */
    static Optional<FileErasure> of(
            String kind,
            Preparation preparation,
            TableMetadata metadata,
            FileIO io,
            FileAnew rows,
            boolean others,
            Set<String> known) {
        Map<String, Optional<DataFile>> written = new HashMap<>();
        List<DataFile> files =
                new TableFiles.Reader(io).read(preparation.table(), metadata).files();
        known.retainAll(files.stream().map(DataFile::location).collect(Collectors.toSet()));
        for (DataFile file : files) {
            if (known.contains(file.location())) {
                continue;
            }
            if (rows.concerns(metadata, io, file.location())) {
                written.put(file.location(), rows.write(metadata, io, file));
            } else {
                known.add(file.location());
            }
        }
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(new FileErasure(kind, preparation, rows, others, known, written));
    }

    /** Nothing is dropped yet: older snapshots show the files with him until the history is dropped. */
    @Override
    public List<String> apply(StagedTable staged, Map<String, String> marks) {
        var metadata = staged.current();
        Snapshot base = metadata.currentSnapshot();
        ValidationException.check(base != null, "%s has no rows", table().qualifiedName());
        OverwriteFiles overwrite = new BaseTable(staged, table().qualifiedName(), report -> {}).newOverwrite();
        overwrite.validateFromSnapshot(base.snapshotId());
        overwrite.validateNoConflictingData().validateNoConflictingDeletes();
        int replaced = 0;
        for (DataFile file :
                new TableFiles.Reader(staged.io()).read(table(), metadata).files()) {
            if (clean.contains(file.location())) {
                continue;
            }
            Optional<DataFile> instead = written.get(file.location());
            if (instead == null) {
                if (!others || !rows.concerns(metadata, staged.io(), file.location())) {
                    continue;
                }
                instead = rows.write(metadata, staged.io(), file);
            }
            overwrite.deleteFile(file);
            instead.ifPresent(overwrite::addFile);
            replaced++;
        }
        ValidationException.check(replaced > 0, "no file of %s has such rows any more", table().qualifiedName());
        marks.forEach(overwrite::set);
        staged.apply(overwrite);
        return List.of();
    }
}
