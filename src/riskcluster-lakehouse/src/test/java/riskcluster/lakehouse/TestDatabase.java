package riskcluster.lakehouse;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.lakehouse.ledger.LedgerSchema;

/** One embedded Postgres for all tests of this module; each test has a database of its own in it. */
public final class TestDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabase() {}

    /** A pool on a new database with a migrated ledger. */
    public static HikariDataSource open() {
        HikariDataSource pool = openEmpty();
        LedgerSchema.migrate(pool);
        return pool;
    }

    /** A pool on a new, empty database. */
    public static HikariDataSource openEmpty() {
        String name = "t" + NUMBER.incrementAndGet();
        try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return LedgerPool.openForCommand(Server.INSTANCE.getJdbcUrl("postgres", name), "postgres", "postgres", 8);
    }

    /** Started with the first test that needs it, stopped with the JVM by its own hook. */
    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
