package riskcluster.contracts.table;

import static riskcluster.contracts.table.Column.optional;
import static riskcluster.contracts.table.Column.required;
import static riskcluster.contracts.table.ColumnType.Scalar.BINARY;
import static riskcluster.contracts.table.ColumnType.Scalar.BOOLEAN;
import static riskcluster.contracts.table.ColumnType.Scalar.DOUBLE;
import static riskcluster.contracts.table.ColumnType.Scalar.LONG;
import static riskcluster.contracts.table.ColumnType.Scalar.STRING;
import static riskcluster.contracts.table.ColumnType.Scalar.TIMESTAMP;
import static riskcluster.contracts.table.ColumnType.Scalar.TOTAL;

import java.util.List;

/** The tables that sum up silver in windows of event time: at each batch they equal a GROUP BY over silver. */
final class GoldTables {

    private static final String EXACT = "; exact up to 1024, above that an estimate with a standard error of 1.7 %";

    private GoldTables() {}

    static final TableDefinition MERCHANT_10M = tenMinutes(
            "merchant_10m",
            "What happened at one merchant in one currency within ten minutes",
            optional(3, "merchant", STRING, "Merchant as in silver; null for transactions without one"));

    static final TableDefinition PAYMENT_METHOD_10M = tenMinutes(
            "payment_method_10m",
            "What was paid in one way in one currency within ten minutes",
            optional(3, "payment_method", STRING, "Payment method as in silver; null for transactions without one"));

    static final TableDefinition COUNTRY_10M = tenMinutes(
            "country_10m",
            "What happened in one country in one currency within ten minutes",
            optional(3, "country", STRING, "ISO 3166 alpha-2 code as in silver; null for transactions without one"));

    private static TableDefinition tenMinutes(String name, String comment, Column key) {
        return new TableDefinition(
                "gold",
                name,
                comment,
                List.of(
                        required(1, "window_start", TIMESTAMP, "First instant of the window, aligned to 1970 UTC"),
                        required(2, "window_end", TIMESTAMP, "First instant after the window"),
                        key,
                        optional(4, "currency", STRING, "Currency as in silver; null stands for the default"),
                        required(5, "transactions", LONG, "Decided transactions"),
                        required(6, "revenue", TOTAL, "Sum of their amounts"),
                        required(7, "average", DOUBLE, "revenue / transactions"),
                        required(8, "flagged", LONG, "Transactions whose is_fraud mark was true in the input"),
                        required(9, "flagged_rate", DOUBLE, "flagged / transactions"),
                        required(10, "medium", LONG, "Transactions in band MEDIUM"),
                        required(11, "high", LONG, "Transactions in band HIGH"),
                        required(12, "critical", LONG, "Transactions in band CRITICAL"),
                        required(13, "alerts", LONG, "Transactions in band MEDIUM or above"),
                        required(14, "alert_rate", DOUBLE, "alerts / transactions"),
                        required(15, "medium_rate", DOUBLE, "medium / transactions"),
                        required(16, "high_rate", DOUBLE, "high / transactions"),
                        required(17, "critical_rate", DOUBLE, "critical / transactions"),
                        required(18, "users", LONG, "Distinct customers" + EXACT),
                        required(19, "users_exact", BOOLEAN, "Whether users is exact"),
                        required(20, "devices", LONG, "Distinct devices" + EXACT),
                        required(21, "devices_exact", BOOLEAN, "Whether devices is exact"),
                        state(22)),
                "window_start");
    }

    /** What later records are added to; the last column of every table with distinct counts. */
    private static Column state(int id) {
        return required(
                id, "state", BINARY, "Hashes or sketches of the distinct ids, from which the row is carried on");
    }
}
