package riskcluster.node.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import riskcluster.node.input.Column.Kind;

/**
 * Which of a file's columns become which fields: the contract's own names, or those of the handbook's files.
 *
 * @param eventTime SQL for the event time, microseconds since 1970 UTC or null
 */
record Layout(List<Column> columns, String eventTime) {

    static final List<String> REQUIRED = List.of("transaction_id", "user_id", "amount", "timestamp");
    static final List<String> HANDBOOK =
            List.of("transaction_id", "customer_id", "tx_time", "terminal_id", "amount_cents");

    private static final Set<String> TEXTS = Set.of(
            "transaction_id",
            "user_id",
            "currency",
            "merchant",
            "terminal_id",
            "payment_method",
            "location",
            "device_id");
    /** Only labelled files have it, and then {@code is_fraud} is a label too: neither is known when it happens. */
    private static final String LABEL = "fraud_scenario";

    private static final Set<String> LABELS = Set.of(LABEL, "is_fraud");

    /** Whether a file with these columns is one of the handbook's. */
    static boolean isHandbook(Set<String> columns) {
        return columns.containsAll(HANDBOOK.subList(1, HANDBOOK.size()));
    }

    /** The columns by name and SQL type, in the file's order. */
    static Layout of(Path file, Map<String, String> types) throws InputRefused {
        var handbook = isHandbook(types.keySet());
        for (var name : handbook ? HANDBOOK : REQUIRED) {
            if (!types.containsKey(name)) {
                throw new InputRefused(file, missing(name, types.keySet()));
            }
        }
        return handbook ? handbook() : contract(types);
    }

    /** What to say about a file without a column that it needs. */
    static String missing(String name, Set<String> present) {
        return "the column " + name + " is missing. A file needs " + String.join(", ", REQUIRED) + " (and may have "
                + String.join(", ", optional()) + "), or the handbook's " + String.join(", ", HANDBOOK)
                + ". This one has: " + String.join(", ", present);
    }

    private static Set<String> optional() {
        var optional = new TreeSet<>(TEXTS);
        REQUIRED.forEach(optional::remove);
        optional.add("is_fraud");
        return optional;
    }

    private static Layout handbook() {
        var time = "epoch_us(TRY_CAST(tx_time AS TIMESTAMPTZ))";
        return new Layout(
                List.of(
                        new Column("transaction_id", "CAST(transaction_id AS VARCHAR)", Kind.TEXT),
                        new Column("user_id", "CAST(customer_id AS VARCHAR)", Kind.TEXT),
                        new Column("amount", "TRY_CAST(amount_cents AS BIGINT)", Kind.CENTS),
                        new Column("timestamp", time, Kind.TIME),
                        new Column("merchant", "'terminal-' || CAST(terminal_id AS VARCHAR)", Kind.TEXT),
                        new Column("terminal_id", "CAST(terminal_id AS VARCHAR)", Kind.TEXT),
                        new Column("payment_method", "'card'", Kind.TEXT)),
                time);
    }

    private static Layout contract(Map<String, String> types) {
        var columns = new ArrayList<Column>();
        var labelled = types.containsKey(LABEL);
        new LinkedHashMap<>(types).forEach((name, type) -> {
            if (!labelled || !LABELS.contains(name)) {
                columns.add(column(name, type.toUpperCase(Locale.ROOT)));
            }
        });
        return new Layout(columns, eventTime(types.getOrDefault("timestamp", "")));
    }

    private static Column column(String name, String type) {
        var quoted = '"' + name.replace("\"", "\"\"") + '"';
        var text = "CAST(" + quoted + " AS VARCHAR)";
        if (TEXTS.contains(name)) {
            return new Column(name, text, Kind.TEXT);
        } else if (name.equals("amount")) {
            return new Column(name, text, Kind.NUMBER);
        } else if (name.equals("timestamp")) {
            return isTime(type)
                    ? new Column(name, "epoch_us(CAST(" + quoted + " AS TIMESTAMPTZ))", Kind.TIME)
                    : new Column(name, text, Kind.NUMBER);
        } else if (name.equals("is_fraud")) {
            return new Column(name, "TRY_CAST(" + quoted + " AS BOOLEAN)", Kind.FLAG);
        }
        return type.equals("VARCHAR")
                ? new Column(name, quoted, Kind.TEXT)
                : new Column(name, "CAST(to_json(" + quoted + ") AS VARCHAR)", Kind.JSON);
    }

    private static String eventTime(String type) {
        if (isTime(type.toUpperCase(Locale.ROOT))) {
            return "epoch_us(CAST(\"timestamp\" AS TIMESTAMPTZ))";
        }
        var number = "TRY_CAST(\"timestamp\" AS BIGINT)";
        return "CASE WHEN " + number + " IS NULL THEN epoch_us(TRY_CAST(CAST(\"timestamp\" AS VARCHAR) AS TIMESTAMPTZ))"
                + " WHEN " + number + " < 100000000000 THEN " + number + " * 1000000"
                + " WHEN " + number + " < 100000000000000 THEN " + number + " * 1000"
                + " ELSE " + number + " END";
    }

    private static boolean isTime(String type) {
        return type.startsWith("TIMESTAMP") || type.equals("DATE");
    }
}
