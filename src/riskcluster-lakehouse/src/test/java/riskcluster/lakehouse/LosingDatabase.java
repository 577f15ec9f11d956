package riskcluster.lakehouse;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database that loses the answer to the next COMMIT, in one of three ways, when it is told to. */
public final class LosingDatabase implements DataSource {

    /** What becomes of a COMMIT whose answer is lost. */
    public enum Fate {
        HAPPENED,
        DID_NOT_HAPPEN,
        /** Still under way; {@link #land} lets it happen. */
        UNDER_WAY
    }

    private final DataSource database;
    private boolean keeps;
    private @Nullable Fate next;
    private @Nullable Connection underWay;

    public LosingDatabase(DataSource database) {
        this.database = database;
    }

    /** Loses the answer to the next COMMIT. */
    public void loseNext(Fate fate) {
        if (!keeps) {
            next = fate;
        }
    }

    /** Loses nothing more, whatever it is told. */
    public void keepAnswers() {
        keeps = true;
    }

    /** Lets the COMMIT that is under way happen now. */
    public void land() throws SQLException {
        Connection late = underWay;
        if (late == null) {
            throw new IllegalStateException("no COMMIT is under way");
        }
        try (late) {
            late.commit();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = database.getConnection();
        return (Connection) Proxy.newProxyInstance(
                LosingDatabase.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    Fate fate = next;
                    if (method.getName().equals("commit") && fate != null) {
                        next = null;
                        lose(connection, fate);
                    }
                    boolean abandoned = connection.equals(underWay)
                            && (method.getName().equals("close")
                                    || method.getName().equals("rollback"));
                    if (abandoned) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private void lose(Connection connection, Fate fate) throws SQLException {
        switch (fate) {
            case HAPPENED -> connection.commit();
            case DID_NOT_HAPPEN -> connection.rollback();
            case UNDER_WAY -> underWay = connection;
        }
        throw new SQLException("the answer to COMMIT is lost");
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter writer) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
