package riskcluster.lakehouse.ledger;

import javax.sql.DataSource;

/** What the first start has noted about an input topic. */
public final class InputRecord {

    private InputRecord() {}

    /**
     * The number of partitions that was noted first; notes this one where none is.
     *
     * @param found the number that the topic has now
     */
    public static int partitions(DataSource database, String topic, int found) {
        return new Transactions(database).run("note the partitions of " + topic, connection -> {
            try (var note = connection.prepareStatement(
                            "INSERT INTO rc_input (topic, partitions) VALUES (?, ?) ON CONFLICT DO NOTHING");
                    var read = connection.prepareStatement("SELECT partitions FROM rc_input WHERE topic = ?")) {
                note.setString(1, topic);
                note.setInt(2, found);
                note.executeUpdate();
                read.setString(1, topic);
                try (var row = read.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }
}
