package riskcluster.contracts.decision;

/** Why a record was rejected: a number that is never reused, and what to do about it. */
public enum Reason {
    VALUE_MISSING(1001, "the record has no value", "send the transaction as the value"),
    VALUE_TOO_LARGE(1002, "the value is larger than 1 MiB", "send at most 1,048,576 bytes"),
    NOT_DECODABLE(
            1003,
            "the bytes are neither JSON nor Avro of a known schema",
            "send one JSON object in UTF-8, or Avro in the Confluent wire format"),
    TOO_DEEP(1004, "the value is nested deeper than 32 levels", "send a flat object"),
    FIELD_TWICE(1005, "a field name stands twice in one object", "send each field once"),
    FIELD_MISSING(
            1006,
            "a required field is missing or null",
            "send transaction_id, user_id, amount and timestamp in every transaction"),
    WRONG_TYPE(1007, "a field has a type that it may not have", "send the type that the data contract names"),
    TRANSACTION_ID_BAD(
            1008, "transaction_id is empty or longer than 256 bytes", "send an id of 1 to 256 bytes of UTF-8"),
    AMOUNT_NEGATIVE(1009, "the amount is below 0", "send 0 or more, and a refund as a kind of its own"),
    AMOUNT_NOT_REPRESENTABLE(
            1010,
            "amount not representable",
            "send at most 14 digits before and 4 after the decimal point, trailing zeros aside"),
    TIMESTAMP_BAD(
            1011,
            "the timestamp is no point in time",
            "send ISO-8601 with a zone, such as 2026-01-06T10:00:00Z, or an integer since 1970 UTC"),
    TIMESTAMP_AHEAD(
            1012,
            "the timestamp is more than 5 minutes ahead of the record's Kafka time",
            "set the sender's clock, and check the unit: seconds, milliseconds or microseconds"),
    KEY_MISSING(1013, "the record has no key", "send user_id in UTF-8 as the key"),
    KEY_NOT_USER_ID(1014, "the record's key is not its user_id", "send user_id in UTF-8 as the key");

    private final int number;
    private final String meaning;
    private final String remedy;

    Reason(int number, String meaning, String remedy) {
        this.number = number;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** {@code RC-nnnn}, as it stands in headers, tables and messages. */
    public String code() {
        return "RC-" + number;
    }

    public String meaning() {
        return meaning;
    }

    public String remedy() {
        return remedy;
    }
}
