package riskcluster.lakehouse.maintain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.ValidationException;
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
        overwrite.commit();
        return List.of();
    }
}
