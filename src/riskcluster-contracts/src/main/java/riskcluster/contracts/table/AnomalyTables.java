package riskcluster.contracts.table;

import static riskcluster.contracts.table.Column.required;
import static riskcluster.contracts.table.ColumnType.Scalar.DOUBLE;
import static riskcluster.contracts.table.ColumnType.Scalar.INT;
import static riskcluster.contracts.table.ColumnType.Scalar.LONG;
import static riskcluster.contracts.table.ColumnType.Scalar.STRING;
import static riskcluster.contracts.table.ColumnType.Scalar.TIMESTAMP;

import java.util.List;

/** The table of the windows in which a customer was much faster than he used to be. */
final class AnomalyTables {

    private AnomalyTables() {}

    static final TableDefinition ANOMALIES = new TableDefinition(
            "gold",
            "anomalies",
            "A window in which a customer made many more transactions than in his earlier ones, told when it closed",
            List.of(
                    required(1, "anomaly_id", STRING, "Customer, length and start, as ce_id on the topic"),
                    required(2, "customer_key", STRING, "Pseudonym of the customer: k<key version>:<HMAC-SHA-256>"),
                    required(3, "window_seconds", INT, "Length of the window: 5 or 60"),
                    required(4, "window_start", TIMESTAMP, "First instant of the window, aligned to 1970 UTC"),
                    required(5, "window_end", TIMESTAMP, "First instant after the window"),
                    required(6, "transactions", INT, "Decided transactions in it when it closed"),
                    required(7, "windows", INT, "The customer's earlier windows of this length with a transaction"),
                    required(8, "mean", DOUBLE, "Mean of the transactions in those"),
                    required(9, "deviation", DOUBLE, "Sample standard deviation of them"),
                    required(10, "z_score", DOUBLE, "(transactions - mean) / deviation, or / 1 where that is below 1"),
                    required(11, "source_topic", STRING, "Kafka topic of the record that closed the window"),
                    required(12, "source_partition", INT, "Kafka partition of that record"),
                    required(13, "source_offset", LONG, "Offset of that record")),
            "window_start");
}
