package riskcluster.lakehouse.ledger;

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
        return transactions.atOneMoment("read where policies begin", PolicyTable::places).stream()
                .filter(placed -> placed.firstOffset() < next.getOrDefault(placed.source(), 0L))
                .toList();
    }

    /** The content of a version. */
    public String content(String version) {
        return transactions
                .atOneMoment("read policy " + version, connection -> PolicyTable.readPlaced(connection, version))
                .content();
    }
}
