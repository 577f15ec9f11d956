package riskcluster.contracts.table;

import static riskcluster.contracts.table.Column.optional;
import static riskcluster.contracts.table.Column.required;
import static riskcluster.contracts.table.ColumnType.Scalar.BOOLEAN;
import static riskcluster.contracts.table.ColumnType.Scalar.DOUBLE;
import static riskcluster.contracts.table.ColumnType.Scalar.FLOAT;
import static riskcluster.contracts.table.ColumnType.Scalar.INT;
import static riskcluster.contracts.table.ColumnType.Scalar.LONG;
import static riskcluster.contracts.table.ColumnType.Scalar.STRING;
import static riskcluster.contracts.table.ColumnType.Scalar.TIMESTAMP;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What decisions saw, and the policies by which they were made: the tables from which models are trained. */
final class TrainingTables {

    private static final int FIRST_FEATURE_ID = 15;

    /** The columns of the feature vector, in its order; the last of the table, so that a longer vector only adds some. */
    private static final List<Column> VECTOR = List.of(
            feature(0, "amount", "Amount in its currency"),
            feature(1, "hour", "Local hour, 0 to 23"),
            feature(2, "day_of_week", "Local ISO day of week, 1 to 7"),
            feature(3, "is_weekend", "1 on a local Saturday or Sunday, else 0"),
            feature(4, "is_night", "1 where the local hour is 23 or below 5, else 0"),
            feature(5, "count_30m", "The customer's transactions in the 30 minutes up to this one"),
            feature(6, "count_1h", "In the hour up to this one"),
            feature(7, "count_1d", "In the day up to this one"),
            feature(8, "avg_1d", "Average of their amounts"),
            feature(9, "count_7d", "In the 7 days up to this one"),
            feature(10, "avg_7d", "Average of their amounts"),
            feature(11, "count_30d", "In the 30 days up to this one"),
            feature(12, "avg_30d", "Average of their amounts"),
            feature(13, "amount_over_avg_30d", "amount / avg_30d; NaN where that is 0"),
            feature(
                    14,
                    "seconds_since_previous",
                    "Seconds since the customer's newest transaction before; NaN for the first"));

    private TrainingTables() {}

    static final TableDefinition FEATURES = new TableDefinition(
            "gold",
            "features",
            "What a decision saw and what it was: silver's feature vector with a column for each feature",
            Stream.of(identity(), decision(), VECTOR).flatMap(List::stream).toList(),
            "event_time");

    static final TableDefinition POLICY = new TableDefinition(
            "gold",
            "policy",
            "A policy version where it begins to decide: one row for each place in a partition",
            List.of(
                    required(1, "policy_version", STRING, "SHA-256 of the policy, as in silver"),
                    required(2, "source_topic", STRING, "Kafka topic of the input"),
                    required(3, "source_partition", INT, "Kafka partition of the input"),
                    required(4, "first_offset", LONG, "The first offset that it decides there, up to the next row's"),
                    required(5, "content", STRING, "Rules, model and limits as canonical JSON")),
            Optional.empty());

    private static List<Column> identity() {
        return List.of(
                required(1, "transaction_id", STRING, "Id that the sender gave the transaction"),
                required(2, "customer_key", STRING, "Pseudonym of the customer, to keep one's transactions together"),
                required(3, "event_time", TIMESTAMP, "When the transaction happened, to train on what came before"));
    }

    private static List<Column> decision() {
        return List.of(
                optional(4, "is_fraud", BOOLEAN, "The mark that the sender already had; no later label"),
                required(5, "feature_version", INT, "Version of the feature vector's order and meaning"),
                required(6, "points", INT, "Sum of the points of the rules that fired"),
                required(7, "band", STRING, "MINIMAL, LOW, MEDIUM, HIGH or CRITICAL"),
                optional(8, "probability", DOUBLE, "The model's probability of fraud; null without a model"),
                required(9, "policy_version", STRING, "SHA-256 of the policy that decided"),
                required(10, "is_late", BOOLEAN, "Arrived later than allowed behind the customer's newest"),
                required(11, "is_approximate", BOOLEAN, "The held history was cut: counts are lower bounds"),
                required(12, "source_topic", STRING, "Kafka topic of the input record"),
                required(13, "source_partition", INT, "Kafka partition of the input record"),
                required(14, "source_offset", LONG, "Offset of the input record, to join silver and labels by"));
    }

    private static Column feature(int place, String name, String comment) {
        return required(FIRST_FEATURE_ID + place, name, FLOAT, comment);
    }
}
