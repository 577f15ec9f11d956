package riskcluster.contracts.table;

import static riskcluster.contracts.table.Column.optional;
import static riskcluster.contracts.table.Column.required;
import static riskcluster.contracts.table.ColumnType.Scalar.AMOUNT;
import static riskcluster.contracts.table.ColumnType.Scalar.BOOLEAN;
import static riskcluster.contracts.table.ColumnType.Scalar.DOUBLE;
import static riskcluster.contracts.table.ColumnType.Scalar.FLOAT;
import static riskcluster.contracts.table.ColumnType.Scalar.INT;
import static riskcluster.contracts.table.ColumnType.Scalar.LONG;
import static riskcluster.contracts.table.ColumnType.Scalar.STRING;
import static riskcluster.contracts.table.ColumnType.Scalar.TIMESTAMP;

import java.util.List;

/** The table of decisions: one row for each accepted record that is no duplicate. */
final class SilverTables {

    private SilverTables() {}

    static final TableDefinition TRANSACTIONS = new TableDefinition(
            "silver",
            "transactions",
            "One decision for each accepted transaction: what was known, which rules fired, how many points",
            List.of(
                    required(1, "transaction_id", STRING, "Id that the sender gave the transaction"),
                    required(2, "customer_key", STRING, "Pseudonym of the customer: k<key version>:<HMAC-SHA-256>"),
                    optional(3, "device_key", STRING, "Pseudonym of the device: k<key version>:<HMAC-SHA-256>"),
                    required(4, "event_time", TIMESTAMP, "When the transaction happened"),
                    required(5, "amount", AMOUNT, "Amount in the currency, 0 or more"),
                    optional(6, "currency", STRING, "Currency as sent; null stands for the configured default"),
                    optional(7, "merchant", STRING, "Merchant as sent"),
                    optional(8, "terminal_id", STRING, "Terminal as sent"),
                    optional(9, "payment_method", STRING, "Payment method as sent"),
                    optional(10, "city", STRING, "What stands before the location's last comma"),
                    optional(11, "country", STRING, "ISO 3166 alpha-2 code of what stands after the last comma"),
                    required(
                            12,
                            "amount_category",
                            STRING,
                            "micro below 10, small below 100, medium below 1000, large to 5000, else very_large"),
                    required(13, "hour", INT, "Hour of event_time in UTC, 0 to 23"),
                    required(14, "day_of_week", INT, "ISO day of event_time in UTC, Monday 1 to Sunday 7"),
                    required(15, "is_weekend", BOOLEAN, "Saturday or Sunday in UTC"),
                    required(16, "is_high_value", BOOLEAN, "Amount above 5000"),
                    required(17, "tx_count_30m", INT, "The customer's transactions in the 30 minutes up to this one"),
                    required(18, "points", INT, "Sum of the points of the rules that fired"),
                    required(19, "band", STRING, "MINIMAL, LOW, MEDIUM, HIGH or CRITICAL"),
                    optional(20, "probability", DOUBLE, "The model's probability of fraud; null without a model"),
                    required(
                            21,
                            "fired_rules",
                            new ColumnType.ListOf(
                                    30,
                                    new ColumnType.Struct(List.of(
                                            required(31, "rule", STRING, "Id of the rule"),
                                            required(32, "points", INT, "Points that it gave"),
                                            required(33, "observed", STRING, "The value that made it fire")))),
                            "The rules that fired, with the values they saw"),
                    required(
                            22,
                            "features",
                            new ColumnType.ListOf(34, FLOAT),
                            "Feature vector in the order of feature_version; NaN = missing"),
                    required(23, "feature_version", INT, "Version of the feature vector's order and meaning"),
                    required(24, "policy_version", STRING, "SHA-256 of the policy that decided"),
                    required(25, "is_late", BOOLEAN, "Arrived later than allowed behind the customer's newest"),
                    required(26, "is_approximate", BOOLEAN, "The held history was cut: counts are lower bounds"),
                    required(27, "source_topic", STRING, "Kafka topic of the input record"),
                    required(28, "source_partition", INT, "Kafka partition of the input record"),
                    required(29, "source_offset", LONG, "Offset of the input record")),
            "event_time");
}
