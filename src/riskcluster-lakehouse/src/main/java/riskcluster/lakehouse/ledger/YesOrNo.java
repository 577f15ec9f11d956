package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** Questions to the ledger with one row and one truth value for an answer. */
final class YesOrNo {

    private YesOrNo() {}

    static boolean ask(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Whether there is such a table: a ledger that only older programs have used lacks the newer ones. */
    static boolean hasTable(Connection connection, String name) throws SQLException {
        return ask(connection, "SELECT to_regclass(?) IS NOT NULL", name);
    }
}
