package riskcluster.contracts.table;

import static riskcluster.contracts.table.Column.optional;
import static riskcluster.contracts.table.Column.required;
import static riskcluster.contracts.table.ColumnType.Scalar.AMOUNT;
import static riskcluster.contracts.table.ColumnType.Scalar.BINARY;
import static riskcluster.contracts.table.ColumnType.Scalar.BOOLEAN;
import static riskcluster.contracts.table.ColumnType.Scalar.INT;
import static riskcluster.contracts.table.ColumnType.Scalar.LONG;
import static riskcluster.contracts.table.ColumnType.Scalar.STRING;
import static riskcluster.contracts.table.ColumnType.Scalar.TIMESTAMP;

import java.util.List;

/** The tables that keep every input record as it came: each record stands in exactly one of them. */
final class BronzeTables {

    private BronzeTables() {}

    static final TableDefinition TRANSACTIONS = new TableDefinition(
            "bronze",
            "transactions",
            "Every input record that passed the data contract: its bytes as they came, and the fields read from them",
            List.of(
                    required(1, "topic", STRING, "Kafka topic the record came from"),
                    required(2, "partition", INT, "Kafka partition of that topic"),
                    required(
                            3,
                            "offset",
                            LONG,
                            "Offset in the partition; topic, partition and offset are the row's key"),
                    required(4, "kafka_time", TIMESTAMP, "Kafka's time of the record"),
                    required(
                            5,
                            "ingest_time",
                            TIMESTAMP,
                            "Wall clock when the row was written; the only column that differs between two runs"),
                    required(6, "key", BINARY, "The record's key, untouched"),
                    required(7, "value", BINARY, "The record's value, untouched"),
                    required(8, "headers", headers(21), "The record's headers, in their order"),
                    required(
                            9,
                            "disposition",
                            STRING,
                            "decided (a row in silver), duplicate (the customer had this transaction before), or what"
                                    + " is left of one of them for privacy: erased, erased_duplicate"),
                    required(10, "transaction_id", STRING, "Id that the sender gave the transaction"),
                    required(11, "user_id", STRING, "The customer, as text"),
                    required(12, "amount", AMOUNT, "Amount in the currency, 0 or more"),
                    required(13, "event_time", TIMESTAMP, "When the transaction happened"),
                    optional(14, "currency", STRING, "Currency as sent"),
                    optional(15, "merchant", STRING, "Merchant as sent"),
                    optional(16, "terminal_id", STRING, "Terminal as sent"),
                    optional(17, "payment_method", STRING, "Payment method as sent"),
                    optional(18, "location", STRING, "Location as sent: city, country"),
                    optional(19, "device_id", STRING, "Device as sent"),
                    optional(
                            20,
                            "is_fraud",
                            BOOLEAN,
                            "The mark the sender already had when the transaction happened, never a later label")),
            "event_time");

    static final TableDefinition REJECTED = new TableDefinition(
            "bronze",
            "rejected",
            "Every input record that broke the data contract: its bytes as they came, and why",
            List.of(
                    required(1, "topic", STRING, "Kafka topic the record came from"),
                    required(2, "partition", INT, "Kafka partition of that topic"),
                    required(
                            3,
                            "offset",
                            LONG,
                            "Offset in the partition; topic, partition and offset are the row's key"),
                    required(4, "kafka_time", TIMESTAMP, "Kafka's time of the record"),
                    required(
                            5,
                            "ingest_time",
                            TIMESTAMP,
                            "Wall clock when the row was written; the only column that differs between two runs"),
                    optional(6, "key", BINARY, "The record's key, untouched"),
                    optional(7, "value", BINARY, "The record's value, untouched"),
                    required(8, "headers", headers(11), "The record's headers, in their order"),
                    required(9, "reason", STRING, "Numbered reason, RC-nnnn; erased where the record was, for privacy"),
                    required(10, "detail", STRING, "What exactly was wrong in this record, and how to mend it")),
            "kafka_time");

    /** Headers are a list, not a map: a Kafka message may carry one name several times. */
    private static ColumnType headers(int elementId) {
        return new ColumnType.ListOf(
                elementId,
                new ColumnType.Struct(List.of(
                        required(elementId + 1, "name", STRING, "Name of the header"),
                        optional(elementId + 2, "value", BINARY, "Bytes of the header"))));
    }
}
