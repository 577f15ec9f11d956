package riskcluster.lakehouse.ledger;

import java.sql.SQLException;
import javax.sql.DataSource;

/** How many partitions each input topic had when it was first read: more would split customers. */
public final class InputTable {

    private InputTable() {}

    /** Notes the number at the first call for this topic; returns the number that was noted then. */
    public static int partitions(DataSource database, String topic, int now) {
        return new Transactions(database).run("note the partitions of " + topic, connection -> {
            try (var insert = connection.prepareStatement(
                            "INSERT INTO rc_input (topic, partitions) VALUES (?, ?) ON CONFLICT DO NOTHING");
                    var select = connection.prepareStatement("SELECT partitions FROM rc_input WHERE topic = ?")) {
                insert.setString(1, topic);
                insert.setInt(2, now);
                insert.executeUpdate();
                select.setString(1, topic);
                try (var row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new SQLException("the row of " + topic + " is gone");
                    }
                    return row.getInt(1);
                }
            }
        });
    }
}
