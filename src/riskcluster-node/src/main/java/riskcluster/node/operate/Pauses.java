package riskcluster.node.operate;

import java.util.Map;
import javax.sql.DataSource;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.ledger.PauseTable;
import riskcluster.lakehouse.ledger.Transactions;

/** The wishes that partitions of the input rest, as they stand in Postgres. Every call blocks. */
public interface Pauses {

    /** By partition. */
    Map<Integer, PauseTable.Stored> all();

    /** False where it was wished before. */
    boolean pause(int partition, String by, String reason);

    /** False where nobody wished it. */
    boolean resume(int partition);

    /** Those of the topic's partitions. */
    static Pauses in(DataSource database, String topic) {
        var transactions = new Transactions(database);
        return new Pauses() {
            @Override
            public Map<Integer, PauseTable.Stored> all() {
                return transactions.atOneMoment("look for pauses", connection -> PauseTable.of(connection, topic));
            }

            @Override
            public boolean pause(int partition, String by, String reason) {
                var source = new LogPartition(topic, partition);
                return transactions.run(
                        "pause " + source, connection -> PauseTable.add(connection, source, by, reason));
            }

            @Override
            public boolean resume(int partition) {
                var source = new LogPartition(topic, partition);
                return transactions.run("resume " + source, connection -> PauseTable.remove(connection, source));
            }
        };
    }
}
