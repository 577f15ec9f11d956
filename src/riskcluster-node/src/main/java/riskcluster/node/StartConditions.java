package riskcluster.node;

import java.time.Clock;
import javax.sql.DataSource;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.commit.StartCheck;
import riskcluster.lakehouse.ledger.ClockCheck;

/** What must hold before a node decides anything. */
final class StartConditions {

    private StartConditions() {}

    /**
     * Looks at what Postgres and the tables say.
     *
     * @throws IllegalStateException where Postgres is older than the tables, with what is older than what, and where
     *     this machine's clock is wrong
     */
    static void check(DataSource database, LakeCatalog catalog) {
        new ClockCheck(Clock.systemUTC()).finding(database).ifPresent(why -> {
            throw new IllegalStateException(why + ", then start the node again");
        });
        var findings = StartCheck.findings(database, catalog);
        if (!findings.isEmpty()) {
            throw new IllegalStateException("Postgres has lost its tail, and going on would write records twice: "
                    + String.join("; ", findings) + ". Restore Postgres up to its last transaction");
        }
    }
}
