package riskcluster.node;

import javax.sql.DataSource;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.commit.StartCheck;

/** What must hold before a node decides anything. */
final class StartConditions {

    private StartConditions() {}

    /**
     * Looks at what Postgres and the tables say.
     *
     * @throws IllegalStateException where Postgres is older than the tables, with what is older than what
     */
    static void check(DataSource database, LakeCatalog catalog) {
        var findings = StartCheck.findings(database, catalog);
        if (!findings.isEmpty()) {
            throw new IllegalStateException("Postgres has lost its tail, and going on would write records twice: "
                    + String.join("; ", findings) + ". Restore Postgres up to its last transaction");
        }
    }
}
