package riskcluster.lakehouse.maintain;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RewriteManifests;
import riskcluster.lakehouse.catalog.StagedTable;

/** The same files in few manifests, those of neighbouring days together, so that a scan opens few. */
record ManifestRewrite(Preparation preparation) implements PreparedRewrite {

    private static final int DAYS_PER_MANIFEST = 32;

    @Override
    public String kind() {
        return "manifest rewrite";
    }

    /** Nothing is dropped yet: the batches that are kept have the old manifests. */
    @Override
    public List<String> apply(StagedTable staged, Map<String, String> marks) {
        RewriteManifests rewrite = new BaseTable(staged, table().qualifiedName(), report -> {}).rewriteManifests();
        rewrite.clusterBy(ManifestRewrite::neighbours);
        marks.forEach(rewrite::set);
        staged.apply(rewrite);
        return List.of();
    }

    /** The manifest that a file belongs to. */
    static int neighbours(DataFile file) {
        if (file.partition().size() == 0) {
            return 0;
        }
        Object first = file.partition().get(0, Object.class);
        return first instanceof Integer day ? Math.floorDiv(day, DAYS_PER_MANIFEST) : 0;
    }
}
