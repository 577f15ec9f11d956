package riskcluster.contracts.table;

import static riskcluster.contracts.table.Column.optional;
import static riskcluster.contracts.table.Column.required;
import static riskcluster.contracts.table.ColumnType.Scalar.INT;
import static riskcluster.contracts.table.ColumnType.Scalar.LONG;
import static riskcluster.contracts.table.ColumnType.Scalar.STRING;

import java.util.List;
import java.util.Optional;

/** The table of what was decided again, so that every decision can be derived from the lake alone. */
final class CorrectionTables {

    private CorrectionTables() {}

    static final TableDefinition CORRECTION = new TableDefinition(
            "gold",
            "correction",
            "A stretch of a partition's log whose decisions were replaced; where some overlap the greatest number"
                    + " holds",
            List.of(
                    required(1, "number", LONG, "Of the correction, in the order in which they were asked for"),
                    required(2, "source_topic", STRING, "Kafka topic of the input"),
                    required(3, "source_partition", INT, "Kafka partition of the input"),
                    required(4, "first_offset", LONG, "The first offset whose decision was replaced"),
                    required(5, "end_offset", LONG, "The offset after the last one"),
                    optional(6, "policy_version", STRING, "By which it was decided again; null: as gold.policy says"),
                    optional(7, "content", STRING, "That policy's rules, model and limits as canonical JSON")),
            Optional.empty());
}
