package riskcluster.lakehouse.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of the ledger, brought to the version that this program needs.
 *
 * <p>A script is never changed once a program has been given to anybody. One that programs before it can live with (it
 * adds tables and columns that they need not fill) says so in its first line, {@code -- oldest program: N}, and they go
 * on working and may be started again: that is how a cluster is upgraded node by node and taken back. Without that line
 * a program of an older version refuses to start.
 */
public final class LedgerSchema {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerSchema.class);

    /** The scripts {@code schema-1.sql} to {@code schema-VERSION.sql}, each run once. */
    static final int VERSION = 10;

    /** Any number will do, as long as everyone who migrates takes the same. */
    private static final long MIGRATION_LOCK = 0x5249534b4c444752L;

    private static final Pattern OLDEST_PROGRAM = Pattern.compile("-- oldest program: (\\d{1,4})\\n(?s:.*)");

    private LedgerSchema() {}

    /**
     * Runs what is missing, in one transaction; does nothing where nothing is missing. May be called by many nodes at
     * the same time.
     *
     * @throws IllegalStateException where a newer program has made the ledger into one that this program cannot use
     */
    public static void migrate(DataSource database) {
        new Transactions(database).run("migrate the ledger", connection -> {
            lock(connection);
            int from = version(connection);
            if (from > VERSION) {
                return newer(connection, from);
            }
            for (int version = from + 1; version <= VERSION; version++) {
                run(connection, version, script("schema-" + version + ".sql"));
            }
            return VERSION;
        });
    }

    private static int newer(Connection connection, int version) throws SQLException {
        int oldest = oldestProgram(connection);
        if (oldest > VERSION) {
            throw new IllegalStateException("the ledger has version " + version + ", which programs from " + oldest
                    + " on can use; this program knows " + VERSION + ": run a newer program");
        }
        LOG.warn(
                "the ledger has version {}, made by a newer program; this one knows {} and can use it",
                version,
                VERSION);
        return version;
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
            if (!hasOldestProgram(statement)) {
                // in no numbered script: programs that know this version already go on inserting without it
                statement.execute("ALTER TABLE rc_schema ADD COLUMN oldest_program integer");
            }
            try (var row = statement.executeQuery("SELECT coalesce(max(version), 0) FROM rc_schema")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static boolean hasOldestProgram(Statement statement) throws SQLException {
        try (var row = statement.executeQuery("SELECT 1 FROM pg_attribute"
                + " WHERE attrelid = 'rc_schema'::regclass AND attname = 'oldest_program' AND NOT attisdropped")) {
            return row.next();
        }
    }

    /** A script that says nothing can be used by programs of its own version on. */
    private static int oldestProgram(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT max(coalesce(oldest_program, version)) FROM rc_schema")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Runs one script and notes that it has run, and for whom the ledger is now. */
    static void run(Connection connection, int version, String script) throws SQLException {
        var oldest = OLDEST_PROGRAM.matcher(script);
        try (var statement = connection.createStatement()) {
            statement.execute(script);
            statement.execute("INSERT INTO rc_schema (version, oldest_program) VALUES (" + version + ", "
                    + (oldest.matches() ? oldest.group(1) : "NULL") + ")");
        }
    }

    static String script(String name) {
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
