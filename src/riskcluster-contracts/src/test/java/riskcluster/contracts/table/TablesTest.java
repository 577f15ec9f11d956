package riskcluster.contracts.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {

    @Test
    void silverHasTheContractsColumnsInTheContractsOrder() {
        assertThat(names(Tables.SILVER_TRANSACTIONS))
                .containsExactly(("transaction_id customer_key device_key event_time amount currency merchant "
                                + "terminal_id payment_method city country amount_category hour day_of_week is_weekend "
                                + "is_high_value tx_count_30m points band probability fired_rules features "
                                + "feature_version policy_version is_late is_approximate source_topic "
                                + "source_partition source_offset")
                        .split(" "));
    }

    @Test
    void bronzeHasCoordinatesBytesAndParsedFields() {
        assertThat(names(Tables.BRONZE_TRANSACTIONS))
                .containsExactly(("topic partition offset kafka_time ingest_time key value headers disposition "
                                + "transaction_id user_id amount event_time currency merchant terminal_id "
                                + "payment_method location device_id is_fraud")
                        .split(" "));
        assertThat(names(Tables.BRONZE_REJECTED))
                .containsExactly(
                        "topic partition offset kafka_time ingest_time key value headers reason detail".split(" "));
    }

    @Test
    void everyFieldIdOfATableStandsForOneFieldOnly() {
        for (TableDefinition table : Tables.ALL) {
            var ids = new ArrayList<Integer>();
            table.columns().forEach(column -> collect(column, ids));
            assertThat(ids).as(table.qualifiedName()).doesNotHaveDuplicates();
        }
    }

    private static List<String> names(TableDefinition table) {
        return table.columns().stream().map(Column::name).toList();
    }

    private static void collect(Column column, List<Integer> into) {
        into.add(column.id());
        collect(column.type(), into);
    }

    private static void collect(ColumnType type, List<Integer> into) {
        switch (type) {
            case ColumnType.Scalar ignored -> {}
            case ColumnType.ListOf(int id, ColumnType element) -> {
                into.add(id);
                collect(element, into);
            }
            case ColumnType.Struct(List<Column> fields) -> fields.forEach(field -> collect(field, into));
        }
    }
}
