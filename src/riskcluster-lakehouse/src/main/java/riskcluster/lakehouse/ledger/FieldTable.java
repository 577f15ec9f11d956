package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.contracts.transaction.ExtraField.Kind;

/**
 * The extra fields that contracts have named so far. A field is recorded before any record is read by it, and has its
 * kind and its field id for ever, so that no two nodes and no two contracts mean different columns by one id.
 */
public final class FieldTable {

    private FieldTable() {}

    /** What cannot be a column, since the tables have another one of that name. */
    public static final class Refused extends IllegalArgumentException {

        Refused(ExtraField known, Kind kind) {
            super("field '" + known.name() + "' is " + said(kind) + ", allowed: " + said(known.kind())
                    + ", as it was when its column was made");
        }

        private static String said(Kind kind) {
            return kind.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Records fields that are new, and gives all that were asked for, in the order of their ids.
     *
     * @throws Refused where one was recorded with another kind; nothing is recorded then
     */
    public static List<ExtraField> record(DataSource database, Map<String, Kind> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        return new Transactions(database).run("record fields", connection -> {
            LedgerSchema.lock(connection);
            create(connection);
            var known = all(connection).stream().collect(Collectors.toMap(ExtraField::name, Function.identity()));
            for (var want : new TreeMap<>(wanted).entrySet()) {
                var there = known.get(want.getKey());
                if (there == null) {
                    int id = known.values().stream()
                                    .mapToInt(ExtraField::id)
                                    .max()
                                    .orElse(ExtraField.ID_MIN - 1)
                            + 1;
                    var field = new ExtraField(want.getKey(), want.getValue(), id);
                    add(connection, field);
                    known.put(field.name(), field);
                } else if (there.kind() != want.getValue()) {
                    throw new Refused(there, want.getValue());
                }
            }
            return known.values().stream()
                    .filter(field -> wanted.containsKey(field.name()))
                    .sorted(Comparator.comparingInt(ExtraField::id))
                    .toList();
        });
    }

    /** Every field that was ever recorded, in the order of the ids. */
    public static List<ExtraField> all(Connection connection) throws SQLException {
        var fields = new ArrayList<ExtraField>();
        if (!YesOrNo.hasTable(connection, "rc_field")) {
            return fields;
        }
        try (var statement = connection.prepareStatement("SELECT name, kind, id FROM rc_field ORDER BY id");
                var row = statement.executeQuery()) {
            while (row.next()) {
                fields.add(new ExtraField(row.getString(1), Kind.valueOf(row.getString(2)), row.getInt(3)));
            }
        }
        return fields;
    }

    private static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS rc_field (name text PRIMARY KEY, kind text NOT NULL,"
                    + " id integer NOT NULL UNIQUE, recorded_at timestamptz NOT NULL DEFAULT now())");
        }
    }

    private static void add(Connection connection, ExtraField field) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO rc_field (name, kind, id) VALUES (?, ?, ?)")) {
            statement.setString(1, field.name());
            statement.setString(2, field.kind().name());
            statement.setInt(3, field.id());
            statement.executeUpdate();
        }
    }
}
