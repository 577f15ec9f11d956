package riskcluster.node.input;

import riskcluster.node.json.JsonBytes;

/**
 * One field of the transactions that a table file becomes.
 *
 * @param sql expression over the file's columns
 * @param prefix the field's name as JSON, with its colon
 */
record Column(String field, String sql, Kind kind, byte[] prefix) {

    /** How the expression's value is written. */
    enum Kind {
        /** Text. */
        TEXT,
        /** Text that is written as a number where it is one, and as text where the contract shall refuse it. */
        NUMBER,
        /** Microseconds since 1970 UTC. */
        TIME,
        /** Hundredths. */
        CENTS,
        /** True or false. */
        FLAG,
        /** JSON as it is. */
        JSON
    }

    Column(String field, String sql, Kind kind) {
        this(field, sql, kind, prefix(field));
    }

    private static byte[] prefix(String field) {
        return new JsonBytes().clear().text(field).raw(':').copy();
    }
}
