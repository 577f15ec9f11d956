package riskcluster.contracts.decision;

/** Why a record was rejected: a number that is never reused, and what to do about it. */
public enum Reason {
    VALUE_MISSING(1001, "the record has no value", "send the transaction as the value"),
    VALUE_TOO_LARGE(1002, "the value is larger than 1 MiB", "send at most 1,048,576 bytes"),
    NOT_DECODABLE(1003, "the bytes are neither JSON nor Avro of a known schema", "send one JSON object or Avro"),
    TOO_DEEP(1004, "the value is nested deeper than 32 levels", "send a flat object");

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
