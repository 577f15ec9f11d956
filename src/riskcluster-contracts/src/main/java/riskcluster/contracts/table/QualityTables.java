package riskcluster.contracts.table;

import static riskcluster.contracts.table.Column.optional;
import static riskcluster.contracts.table.Column.required;
import static riskcluster.contracts.table.ColumnType.Scalar.BOOLEAN;
import static riskcluster.contracts.table.ColumnType.Scalar.DOUBLE;
import static riskcluster.contracts.table.ColumnType.Scalar.LONG;
import static riskcluster.contracts.table.ColumnType.Scalar.STRING;
import static riskcluster.contracts.table.ColumnType.Scalar.TIMESTAMP;

import java.util.List;

/** The table of what the quality rules found: a row for each rule of each batch. */
final class QualityTables {

    private QualityTables() {}

    static final TableDefinition RESULTS = new TableDefinition(
            "gold",
            "data_quality",
            "What one rule of a data contract found in one batch, before its commit",
            List.of(
                    required(1, "batch_id", LONG, "The batch, as in rc.batch-id"),
                    required(
                            2,
                            "checked_at",
                            TIMESTAMP,
                            "When the newest checkpoint of the batch was sealed, by the clock of Postgres"),
                    required(3, "table_name", STRING, "The table whose contract has the rule"),
                    required(4, "rule", STRING, "Name of the rule in the contract"),
                    required(5, "dimension", STRING, "Kind of quality, by the standard's names"),
                    required(6, "severity", STRING, "error or warning, as the contract says"),
                    required(7, "passed", BOOLEAN, "Whether the batch keeps the rule"),
                    optional(8, "observed", DOUBLE, "What was found; null where there was nothing to measure"),
                    required(9, "expected", STRING, "What the contract allows"),
                    required(10, "detail", STRING, "What was measured, in words")),
            "checked_at");
}
