package riskcluster.node.view;

import java.util.List;

/** How fit the tables are to be read. */
public record UpkeepView(List<Table> tables) {

    public UpkeepView {
        tables = List.copyOf(tables);
    }

    /**
     * One table.
     *
     * @param largePercent of its bytes, those in files that are not small
     * @param metadataBytes of its newest metadata file
     */
    public record Table(
            String table,
            int files,
            int smallFiles,
            long bytes,
            int largePercent,
            int manifests,
            int snapshots,
            int tags,
            long metadataBytes) {}
}
