package riskcluster.lakehouse.maintain;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.exceptions.ValidationException;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.gold.RenamedWindows;

/**
 * Some windows of a table under new names. Written at the committer, as batches write them: rows of a window that is still
 * open stand in another file after every batch.
 *
 * @param clean paths of files that were looked at and have no old name
 */
record WindowRekey(Preparation preparation, RenamedWindows windows, Set<String> clean) implements PreparedRewrite {

    WindowRekey {
        clean = Set.copyOf(clean);
    }

    @Override
    public String kind() {
        return Rekeying.KIND;
    }

    /** Nothing is dropped yet: older snapshots show the old names until they expire. */
    @Override
    public List<String> apply(StagedTable staged, Map<String, String> marks) {
        String name = owner().scope() + "-e" + owner().epoch();
        OverwriteFiles overwrite = windows.rewrite(staged, name, clean)
                .orElseThrow(() ->
                        new ValidationException("no row of %s has an old name any more", table().qualifiedName()));
        marks.forEach(overwrite::set);
        staged.apply(overwrite);
        return List.of();
    }
}
