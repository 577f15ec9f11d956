package riskcluster.lakehouse.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The tables of the ledger, brought to the version that this program needs. */
public final class LedgerSchema {

    /** The scripts {@code schema-1.sql} to {@code schema-VERSION.sql}, each run once. */
    private static final int VERSION = 5;

    /** Any number will do, as long as everyone who migrates takes the same. */
    private static final long MIGRATION_LOCK = 0x5249534b4c444752L;

    private LedgerSchema() {}

    /**
     * Runs what is missing, in one transaction; does nothing where nothing is missing. May be called by many nodes at
     * the same time.
     */
    public static void migrate(DataSource database) {
        new Transactions(database).run("migrate the ledger", connection -> {
            lock(connection);
            int from = version(connection);
            if (from > VERSION) {
                throw new IllegalStateException(
                        "the ledger has version " + from + ", this program knows " + VERSION + ": run a newer program");
            }
            for (int version = from + 1; version <= VERSION; version++) {
                run(connection, version);
            }
            return VERSION;
        });
    }

    /** Lets one migration at a time run, to the end of the transaction. */
    public static void lock(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS rc_schema (version integer PRIMARY KEY)");
            try (var row = statement.executeQuery("SELECT coalesce(max(version), 0) FROM rc_schema")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static void run(Connection connection, int version) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(script("schema-" + version + ".sql"));
            statement.execute("INSERT INTO rc_schema (version) VALUES (" + version + ")");
        }
    }

    private static String script(String name) {
        try (var in = LedgerSchema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
