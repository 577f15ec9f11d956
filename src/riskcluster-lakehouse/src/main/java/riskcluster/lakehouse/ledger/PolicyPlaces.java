package riskcluster.lakehouse.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import riskcluster.contracts.log.LogPartition;

/** The policies as they were placed in the partitions, for whoever shows them beside the decisions. */
public final class PolicyPlaces {

    private final Transactions transactions;

    public PolicyPlaces(DataSource database) {
        this.transactions = new Transactions(database);
    }

    /**
     * A policy version where it begins.
     *
     * @param firstOffset of the partition, that it decides
     */
    public record Placed(String version, LogPartition source, long firstOffset) {}

    /**
     * The places that a batch has passed, in the order of partitions and offsets. A policy is placed before the first
     * record that it decides, so every version of a batch's decisions is among them.
     */
    public List<Placed> below(Offsets reached) {
        Map<LogPartition, Long> next = reached.byPartition();
        return all().stream()
                .filter(placed -> placed.firstOffset() < next.getOrDefault(placed.source(), 0L))
                .toList();
    }

    /** The content of a version. */
    public String content(String version) {
        return transactions
                .atOneMoment("read policy " + version, connection -> PolicyTable.read(connection, version))
                .orElseThrow(() -> new IllegalStateException("policy " + version + " is placed, but not stored"))
                .content();
    }

    private List<Placed> all() {
        return transactions.atOneMoment("read where policies begin", connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT version, topic, partition, from_offset FROM"
                            + " rc_policy_switch ORDER BY topic, partition, number")) {
                return read(row);
            }
        });
    }

    private static List<Placed> read(ResultSet row) throws SQLException {
        var placed = new ArrayList<Placed>();
        while (row.next()) {
            placed.add(new Placed(row.getString(1), new LogPartition(row.getString(2), row.getInt(3)), row.getLong(4)));
        }
        return placed;
    }
}
