package riskcluster.contracts.table;

import static riskcluster.contracts.table.Column.optional;
import static riskcluster.contracts.table.Column.required;
import static riskcluster.contracts.table.ColumnType.Scalar.AMOUNT;
import static riskcluster.contracts.table.ColumnType.Scalar.BOOLEAN;
import static riskcluster.contracts.table.ColumnType.Scalar.DOUBLE;
import static riskcluster.contracts.table.ColumnType.Scalar.INT;
import static riskcluster.contracts.table.ColumnType.Scalar.LONG;
import static riskcluster.contracts.table.ColumnType.Scalar.STRING;
import static riskcluster.contracts.table.ColumnType.Scalar.TIMESTAMP;

import java.util.List;
import java.util.Optional;

/** The star: a fact for each decision, and the dimensions to which its keys point, each key found there at the same batch. */
final class StarTables {

    private StarTables() {}

    static final TableDefinition FACT_TRANSACTION = new TableDefinition(
            "gold",
            "fact_transaction",
            "A decided transaction with the keys of its dimensions: one row for each row of silver",
            List.of(
                    required(1, "transaction_id", STRING, "Id that the sender gave the transaction"),
                    required(2, "dim_customer_key", LONG, "The customer's version that is valid at event_time"),
                    required(3, "dim_merchant_key", LONG, "The merchant; 0 for none"),
                    required(4, "dim_device_key", LONG, "The device; 0 for none"),
                    required(5, "dim_country_key", LONG, "The country; 0 for none"),
                    required(6, "dim_date_key", INT, "The UTC day of event_time, such as 20250106"),
                    required(7, "event_time", TIMESTAMP, "When the transaction happened"),
                    required(8, "amount", AMOUNT, "Amount in the currency, 0 or more"),
                    optional(9, "currency", STRING, "Currency as in silver; null stands for the default"),
                    optional(10, "payment_method", STRING, "Payment method as in silver"),
                    optional(11, "is_fraud", BOOLEAN, "The mark that the sender already had; no later label"),
                    required(12, "points", INT, "Sum of the points of the rules that fired"),
                    required(13, "band", STRING, "MINIMAL, LOW, MEDIUM, HIGH or CRITICAL"),
                    optional(14, "probability", DOUBLE, "The model's probability of fraud; null without a model"),
                    required(15, "is_late", BOOLEAN, "Arrived later than allowed behind the customer's newest"),
                    required(16, "source_topic", STRING, "Kafka topic of the input record"),
                    required(17, "source_partition", INT, "Kafka partition of the input record"),
                    required(18, "source_offset", LONG, "Offset of the input record, to join silver by")),
            "event_time");

    static final TableDefinition DIM_CUSTOMER = new TableDefinition(
            "gold",
            "dim_customer",
            "A customer as he was from an instant on, until his next version; rows are added, and renamed by a rekey"
                    + " only",
            List.of(
                    required(1, "dim_customer_key", LONG, "From the SHA-256 of customer_key, @ and valid_from"),
                    required(2, "customer_key", STRING, "Pseudonym of the customer: k<key version>:<HMAC-SHA-256>"),
                    required(3, "version", INT, "1 for his first version, then one more each time"),
                    required(4, "valid_from", TIMESTAMP, "First instant of the version; 1970 for the first one"),
                    optional(5, "home_country", STRING, "The most frequent country of his last 20 that had one"),
                    required(6, "worst_band", STRING, "The most serious band that he ever had"),
                    required(7, "source_topic", STRING, "Kafka topic of the record that began the version"),
                    required(8, "source_partition", INT, "Kafka partition of that record"),
                    required(9, "source_offset", LONG, "Offset of that record"),
                    // Came later: older programs take an id from ExtraField.ID_MIN on for a column that they need not
                    // know.
                    optional(
                            1001,
                            "former_dim_customer_key",
                            LONG,
                            "Of the first version under a new pseudonym: his last one under the former, until a"
                                    + " rekey")),
            Optional.empty());

    static final TableDefinition DIM_MERCHANT = new TableDefinition(
            "gold",
            "dim_merchant",
            "A merchant of which silver has a transaction",
            List.of(
                    required(1, "dim_merchant_key", LONG, "From the SHA-256 of the name; 0 for none"),
                    optional(2, "merchant", STRING, "Merchant as in silver; null in the row of transactions without")),
            Optional.empty());

    static final TableDefinition DIM_DEVICE = new TableDefinition(
            "gold",
            "dim_device",
            "A device of which silver has a transaction",
            List.of(
                    required(1, "dim_device_key", LONG, "From the SHA-256 of the pseudonym; 0 for none"),
                    optional(2, "device_key", STRING, "Pseudonym as in silver; null in the row of those without")),
            Optional.empty());

    static final TableDefinition DIM_COUNTRY = new TableDefinition(
            "gold",
            "dim_country",
            "A country of which silver has a transaction",
            List.of(
                    required(1, "dim_country_key", LONG, "From the SHA-256 of the code; 0 for none"),
                    optional(2, "country", STRING, "ISO 3166 alpha-2 code; null in the row of transactions without"),
                    optional(3, "name", STRING, "English name; null where none is known")),
            Optional.empty());

    static final TableDefinition DIM_DATE = new TableDefinition(
            "gold",
            "dim_date",
            "A UTC day of which silver has a transaction",
            List.of(
                    required(1, "dim_date_key", INT, "Year, month and day as one number, such as 20250106"),
                    required(2, "day_start", TIMESTAMP, "First instant of the day"),
                    required(3, "year", INT, "Year"),
                    required(4, "quarter", INT, "Quarter of the year, 1 to 4"),
                    required(5, "month", INT, "Month, 1 to 12"),
                    required(6, "day", INT, "Day of the month, 1 to 31"),
                    required(7, "day_of_week", INT, "ISO day of week, Monday 1 to Sunday 7"),
                    required(8, "iso_year", INT, "Year to which the ISO week belongs"),
                    required(9, "iso_week", INT, "ISO week, 1 to 53"),
                    required(10, "is_weekend", BOOLEAN, "Saturday or Sunday")),
            Optional.empty());
}
