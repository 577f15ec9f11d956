package riskcluster.node.upkeep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.pekko.persistence.jdbc.query.javadsl.JdbcReadJournal;
import riskcluster.lakehouse.ledger.LedgerSchema;
import riskcluster.lakehouse.ledger.Transactions;

/** The tables in which events and snapshots of event-sourced actors lie, in the ledger's own database. */
public final class Journal {

    private static final String SCRIPT = "/schema/postgres/postgres-create-schema.sql";
    private static final String DATABASE = "pekko-persistence-jdbc.shared-databases.slick.db.";

    private Journal() {}

    /** How the journal reaches its database; the rest stands in {@code application.conf}. */
    public static Config settings(String jdbcUrl, String user, String password) {
        return ConfigFactory.parseMap(
                Map.of(DATABASE + "url", jdbcUrl, DATABASE + "user", user, DATABASE + "password", password),
                "the ledger's database");
    }

    /** Creates the tables where they are missing. May be called by many nodes at the same time. */
    public static void createMissing(DataSource database) {
        new Transactions(database).<Boolean>run("create the journal", connection -> {
            LedgerSchema.lock(connection);
            if (isThere(connection)) {
                return false;
            }
            for (String statement : statements()) {
                try (var created = connection.createStatement()) {
                    created.execute(statement);
                }
            }
            return true;
        });
    }

    private static boolean isThere(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT to_regclass('public.event_journal') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * The library's own script without the tables of durable state, which nothing here uses and whose indexes can only
     * be made outside a transaction.
     */
    private static List<String> statements() {
        try (var in = JdbcReadJournal.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException("resource " + SCRIPT + " is missing");
            }
            var script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(script.split(";"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty() && !statement.contains("durable_state"))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
