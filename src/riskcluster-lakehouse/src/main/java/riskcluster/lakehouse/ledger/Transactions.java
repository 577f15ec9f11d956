package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import riskcluster.contracts.ledger.Ownership;

/** Runs work as one Postgres transaction, once: nothing here is ever tried again. */
public final class Transactions {

    /** What is done inside one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** What is done inside one transaction that has nothing to tell. */
    @FunctionalInterface
    public interface Deed {
        void in(Connection connection) throws SQLException;
    }

    private final DataSource database;

    /** A source of connections that are not in auto-commit mode, as {@link LedgerPool} gives them. */
    public Transactions(DataSource database) {
        this.database = database;
    }

    /**
     * Each statement sees what is committed when it starts, so that a row held {@code FOR SHARE} is its newest version.
     *
     * @throws LedgerFailure where nobody knows whether it happened
     */
    public <T> T run(String what, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                undo(connection, failure);
                throw failure;
            }
        } catch (SQLException failure) {
            throw new LedgerFailure(what, failure);
        }
    }

    /**
     * Does what counts only while the epoch is {@code owner}'s: its row is held first.
     *
     * @return false where the epoch is another's, and nothing was done
     * @throws LedgerFailure where nobody knows whether it happened
     */
    public boolean holding(String what, Ownership owner, Deed deed) {
        return run(what, connection -> {
            if (!Fence.hold(connection, owner)) {
                return refuse(connection, false);
            }
            deed.in(connection);
            return true;
        });
    }

    /**
     * All statements see one moment.
     *
     * @throws LedgerFailure where Postgres did not answer
     */
    public <T> T atOneMoment(String what, Work<T> work) {
        return run(what, connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            }
            return work.in(connection);
        });
    }

    /** Lets a transaction take as long as it needs: a million profiles take longer than any call of a node may. */
    public static void unhurried(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 0);
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
        }
    }

    /** Undoes what the transaction did so far and passes on the answer that says so. */
    public static <T> T refuse(Connection connection, T answer) throws SQLException {
        connection.rollback();
        return answer;
    }

    private static void undo(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }
}
