package riskcluster.lakehouse.maintain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;

/**
 * In which order the rows of a closed day lie: bronze as a replay reads it, what has a row for each decision by customer.
 * Tables that are not named here keep the order in which rows came.
 */
final class TableOrder {

    private static final Map<String, List<String>> COLUMNS = Map.of(
            "bronze.transactions", List.of("topic", "partition", "offset"),
            "bronze.rejected", List.of("topic", "partition", "offset"),
            "silver.transactions", List.of("customer_key", "event_time", "source_partition", "source_offset"),
            "gold.features", List.of("customer_key", "event_time", "source_partition", "source_offset"),
            "gold.fact_transaction", List.of("dim_customer_key", "event_time", "source_partition", "source_offset"));

    private TableOrder() {}

    /** The order with the id that the table knows or will know it by; empty where the table has none. */
    static Optional<SortOrder> of(String table, TableMetadata metadata) {
        List<String> columns = COLUMNS.get(table);
        if (columns == null) {
            return Optional.empty();
        }
        var next = metadata.sortOrders().stream()
                        .mapToInt(SortOrder::orderId)
                        .max()
                        .orElse(0)
                + 1;
        SortOrder order = order(metadata, columns, next);
        return Optional.of(metadata.sortOrders().stream()
                .filter(known -> known.sameOrder(order))
                .findFirst()
                .orElse(order));
    }

    private static SortOrder order(TableMetadata metadata, List<String> columns, int id) {
        var builder = SortOrder.builderFor(metadata.schema()).withOrderId(id);
        columns.forEach(builder::asc);
        return builder.build();
    }
}
