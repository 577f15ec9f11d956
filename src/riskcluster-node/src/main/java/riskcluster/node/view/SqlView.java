package riskcluster.node.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query over one pinned batch.
 *
 * @param rows values as text, numbers or truth values in the order of the columns; null for SQL's null
 * @param cut there were more rows than are given
 */
public record SqlView(long batch, List<String> columns, List<List<@Nullable Object>> rows, boolean cut) {}
