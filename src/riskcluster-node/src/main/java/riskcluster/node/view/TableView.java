package riskcluster.node.view;

import java.util.List;

/**
 * One table of the lake at one batch.
 *
 * @param name {@code namespace.name}
 * @param batch the pinned batch
 * @param columns empty where only the figures are asked for
 */
public record TableView(String name, long batch, long rows, long files, long bytes, List<Column> columns) {

    /** One column. */
    public record Column(String name, String type, String meaning) {}

    public TableView {
        columns = List.copyOf(columns);
    }
}
