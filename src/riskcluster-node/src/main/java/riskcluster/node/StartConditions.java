package riskcluster.node;

import javax.sql.DataSource;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.commit.StartCheck;
import riskcluster.lakehouse.ledger.InputTable;

/** What must hold before a node decides anything. */
final class StartConditions {

    private StartConditions() {}

    /**
     * Looks at what Postgres and the tables say.
     *
     * @throws IllegalArgumentException where the input is configured with another number of partitions than before
     * @throws IllegalStateException where Postgres is older than the tables, with what is older than what
     */
    static void check(NodeConfig config, DataSource database, LakeCatalog catalog) {
        var topic = config.topics().input();
        int noted = InputTable.partitions(database, topic, config.partitions());
        if (noted != config.partitions()) {
            throw new IllegalArgumentException("partitions is " + config.partitions() + ", and topic " + topic + " had "
                    + noted + " when this cluster first read it; allowed: " + noted
                    + ", since another number sends customers elsewhere. Copy the records into a new topic instead");
        }
        var findings = StartCheck.findings(database, catalog);
        if (!findings.isEmpty()) {
            throw new IllegalStateException("Postgres has lost its tail, and going on would write records twice: "
                    + String.join("; ", findings) + ". Restore Postgres up to its last transaction");
        }
    }
}
