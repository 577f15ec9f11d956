package riskcluster.lakehouse.ledger;

import java.util.List;
import javax.sql.DataSource;

/** What rekeys have made of a lake's names. */
public final class Rekeyed {

    private Rekeyed() {}

    /** The newest version whose names stand in the tables in place of older ones; 0 where nothing was rekeyed. */
    public static int newest(DataSource database) {
        return all(database).stream()
                .filter(StoredRekey::isDone)
                .mapToInt(StoredRekey::version)
                .max()
                .orElse(0);
    }

    /**
     * The same, for whoever must know every name.
     *
     * @throws IllegalStateException while a rekey is on its way, when the tables have names of two keys
     */
    public static int settled(DataSource database) {
        if (all(database).stream().anyMatch(one -> !one.isDone())) {
            throw new IllegalStateException("a rekey is on its way, and the tables have names of two keys;"
                    + " 'riskcluster privacy status' says when it is done");
        }
        return newest(database);
    }

    /**
     * Looks whether a node's rules name a key that was left.
     *
     * @throws IllegalStateException where they do
     */
    public static void check(DataSource database, int keyVersion) {
        all(database).stream()
                .filter(one -> one.version() > keyVersion)
                .findFirst()
                .ifPresent(one -> {
                    throw new IllegalStateException("the rules name version " + keyVersion
                            + " of the pseudonym key, and the lake was rekeyed to version " + one.version()
                            + "; allowed: that version or a newer one");
                });
    }

    private static List<StoredRekey> all(DataSource database) {
        return new Transactions(database).atOneMoment("read rekeys", RekeyTable::all);
    }
}
