package riskcluster.contracts.table;

import java.util.List;

/** What a column can hold. */
public sealed interface ColumnType {

    /** A single value. */
    enum Scalar implements ColumnType {
        STRING,
        BINARY,
        BOOLEAN,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        /** Decimal of 18 digits, 4 of them after the point. */
        AMOUNT,
        /** Decimal of 38 digits, 4 of them after the point: a sum of amounts. */
        TOTAL,
        /** Instant in microseconds, UTC. */
        TIMESTAMP
    }

    /** A list whose elements are never null. */
    record ListOf(int elementId, ColumnType element) implements ColumnType {}

    /** Named fields. */
    record Struct(List<Column> fields) implements ColumnType {
        public Struct {
            fields = List.copyOf(fields);
        }
    }
}
