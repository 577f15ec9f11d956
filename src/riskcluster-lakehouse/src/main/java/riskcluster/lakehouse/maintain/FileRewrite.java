package riskcluster.lakehouse.maintain;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import riskcluster.lakehouse.catalog.StagedTable;

/**
 * One file in the place of many, with the same rows; refused where one of the many is no longer in the table.
 *
 * @param from the snapshot that shows the many; what came before it may be gone and is not looked at
 */
record FileRewrite(Preparation preparation, long from, Compaction compaction, DataFile merged, SortOrder order)
        implements PreparedRewrite {

    @Override
    public String kind() {
        return compaction.kind();
    }

    /** Nothing is dropped yet: the batches that are kept show the old files. */
    @Override
    public List<String> apply(StagedTable staged, Map<String, String> marks) {
        knowOrder(staged);
        RewriteFiles rewrite = new BaseTable(staged, table().qualifiedName(), report -> {}).newRewrite();
        rewrite.validateFromSnapshot(from);
        compaction.files().forEach(rewrite::deleteFile);
        rewrite.addFile(merged);
        marks.forEach(rewrite::set);
        staged.apply(rewrite);
        return List.of();
    }

    /** A sorted file names the order that it has, so the table must have it; new files stay as they come. */
    private void knowOrder(StagedTable staged) {
        TableMetadata current = staged.current();
        if (order.isSorted() && !current.sortOrdersById().containsKey(order.orderId())) {
            staged.commit(
                    current,
                    TableMetadata.buildFrom(current).addSortOrder(order).build());
        }
    }
}
