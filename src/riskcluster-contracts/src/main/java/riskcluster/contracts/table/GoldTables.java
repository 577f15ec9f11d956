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

    static final TableDefinition MERCHANT_15M = new TableDefinition(
            "gold",
            "merchant_15m",
            "What happened at one merchant in one currency within a quarter of an hour; a window begins every 5"
                    + " minutes",
            List.of(
                    windowStart(),
                    windowEnd(),
                    optional(3, "merchant", STRING, "Merchant as in silver; null for transactions without one"),
                    currency(4),
                    transactions(5),
                    revenue(6),
                    flagged(7),
                    flaggedRate(8),
                    required(9, "users", LONG, "Distinct customers" + EXACT),
                    required(10, "users_exact", BOOLEAN, "Whether users is exact"),
                    required(11, "devices", LONG, "Distinct devices" + EXACT),
                    required(12, "devices_exact", BOOLEAN, "Whether devices is exact"),
                    paymentMethods(13, 15),
                    state(14)),
            "window_start");

    static final TableDefinition COUNTRY_30M = new TableDefinition(
            "gold",
            "country_30m",
            "What happened in one country within half an hour, all currencies together",
            List.of(
                    windowStart(),
                    windowEnd(),
                    optional(3, "country", STRING, "ISO 3166 alpha-2 code as in silver; null for those without one"),
                    transactions(4),
                    flagged(5),
                    flaggedRate(6),
                    required(7, "users", LONG, "Distinct customers" + EXACT),
                    required(8, "users_exact", BOOLEAN, "Whether users is exact"),
                    required(9, "merchants", LONG, "Distinct merchants" + EXACT),
                    required(10, "merchants_exact", BOOLEAN, "Whether merchants is exact"),
                    state(11)),
            "window_start");

    static final TableDefinition PLATFORM_1H = new TableDefinition(
            "gold",
            "platform_1h",
            "What happened in one currency within an hour, everywhere",
            List.of(
                    windowStart(),
                    windowEnd(),
                    currency(3),
                    transactions(4),
                    revenue(5),
                    required(6, "average", DOUBLE, "revenue / transactions"),
                    flagged(7),
                    flaggedRate(8),
                    required(9, "high_value", LONG, "Transactions of more than 5000"),
                    required(10, "high_value_rate", DOUBLE, "high_value / transactions"),
                    required(11, "users", LONG, "Distinct customers" + EXACT),
                    required(12, "users_exact", BOOLEAN, "Whether users is exact"),
                    required(13, "devices", LONG, "Distinct devices" + EXACT),
                    required(14, "devices_exact", BOOLEAN, "Whether devices is exact"),
                    paymentMethods(15, 17),
                    state(16)),
            "window_start");

    static final TableDefinition USER_1H = new TableDefinition(
            "gold",
            "user_1h",
            "What one customer did in one currency within an hour",
            List.of(
                    windowStart(),
                    windowEnd(),
                    required(3, "customer_key", STRING, "Pseudonym of the customer: k<key version>:<HMAC-SHA-256>"),
                    currency(4),
                    transactions(5),
                    required(6, "spend", TOTAL, "Sum of their amounts"),
                    flagged(7),
                    required(8, "medium", LONG, "Transactions in band MEDIUM"),
                    required(9, "high", LONG, "Transactions in band HIGH"),
                    required(10, "critical", LONG, "Transactions in band CRITICAL"),
                    required(11, "alerts", LONG, "Transactions in band MEDIUM or above"),
                    required(12, "suspicious", LONG, "Transactions in band HIGH or above"),
                    required(13, "merchants", LONG, "Distinct merchants" + EXACT),
                    required(14, "merchants_exact", BOOLEAN, "Whether merchants is exact"),
                    paymentMethods(15, 17),
                    state(16)),
            "window_start");

    private static TableDefinition tenMinutes(String name, String comment, Column key) {
        return new TableDefinition(
                "gold",
                name,
                comment,
                List.of(
                        windowStart(),
                        windowEnd(),
                        key,
                        currency(4),
                        transactions(5),
                        revenue(6),
                        required(7, "average", DOUBLE, "revenue / transactions"),
                        flagged(8),
                        flaggedRate(9),
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

    private static Column windowStart() {
        return required(1, "window_start", TIMESTAMP, "First instant of the window, aligned to 1970 UTC");
    }

    private static Column windowEnd() {
        return required(2, "window_end", TIMESTAMP, "First instant after the window");
    }

    private static Column currency(int id) {
        return optional(id, "currency", STRING, "Currency as in silver; null stands for the default");
    }

    private static Column transactions(int id) {
        return required(id, "transactions", LONG, "Decided transactions");
    }

    private static Column revenue(int id) {
        return required(id, "revenue", TOTAL, "Sum of their amounts");
    }

    private static Column flagged(int id) {
        return required(id, "flagged", LONG, "Transactions whose is_fraud mark was true in the input");
    }

    private static Column flaggedRate(int id) {
        return required(id, "flagged_rate", DOUBLE, "flagged / transactions");
    }

    /** @param elementId the first id after those of the table's columns, as Iceberg gives them */
    private static Column paymentMethods(int id, int elementId) {
        return required(
                id,
                "payment_methods",
                new ColumnType.ListOf(
                        elementId,
                        new ColumnType.Struct(List.of(
                                optional(elementId + 1, "payment_method", STRING, "Payment method as in silver"),
                                required(elementId + 2, "transactions", LONG, "Transactions paid in this way")))),
                "The transactions by payment method, in the order of their names, none first");
    }

    /** What later records are added to; the last column of every table with distinct counts. */
    private static Column state(int id) {
        return required(
                id,
                TableDefinition.STATE,
                BINARY,
                "Hashes or sketches of the distinct ids, from which the row is carried on");
    }
}
