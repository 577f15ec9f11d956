package riskcluster.lakehouse.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Makes the bounded pool of Postgres connections with the time-outs that keep a stopped process from holding others. */
public final class LedgerPool {

    /** A holder of a lock that says nothing for this long loses its transaction: it may have been stopped. */
    private static final String IDLE_IN_TRANSACTION = "3s";

    /** Longer than an idle holder lives, so that a waiter outlives it. */
    private static final String LOCK_WAIT = "6s";

    private static final String STATEMENT = "30s";

    /** A peer that acknowledges no bytes for this long is gone. */
    private static final String UNACKNOWLEDGED_MILLIS = "10000";

    private static final int SOCKET_SECONDS = 40;
    private static final int CONNECT_SECONDS = 10;
    private static final long CONNECTION_WAIT_MILLIS = 20_000;

    /** As which Postgres shows the sessions of nodes. */
    static final String NODE = "riskcluster";

    /** As which it shows the sessions of commands that work beside them. */
    private static final String COMMAND = "riskcluster command";

    private LedgerPool() {}

    /**
     * Opens the pool.
     *
     * @param connectionsMax one for each call that may be under way at the same time
     */
    public static HikariDataSource open(String jdbcUrl, String user, String password, int connectionsMax) {
        return open(jdbcUrl, user, password, connectionsMax, NODE);
    }

    /** The same for a command, so that it can be told from a node. */
    public static HikariDataSource openForCommand(String jdbcUrl, String user, String password, int connectionsMax) {
        return open(jdbcUrl, user, password, connectionsMax, COMMAND);
    }

    private static HikariDataSource open(String jdbcUrl, String user, String password, int connectionsMax, String who) {
        var config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(jdbcUrl);
        config.setUsername(user);
        config.setPassword(password);
        config.setAutoCommit(false);
        config.setMaximumPoolSize(connectionsMax);
        config.setMinimumIdle(Math.min(2, connectionsMax));
        config.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        config.addDataSourceProperty("ApplicationName", who);
        config.addDataSourceProperty("socketTimeout", SOCKET_SECONDS);
        config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
        config.addDataSourceProperty("tcpKeepAlive", true);
        config.addDataSourceProperty("options", options());
        return new HikariDataSource(config);
    }

    private static String options() {
        return "-c idle_in_transaction_session_timeout=" + IDLE_IN_TRANSACTION
                + " -c lock_timeout=" + LOCK_WAIT
                + " -c statement_timeout=" + STATEMENT
                + " -c tcp_user_timeout=" + UNACKNOWLEDGED_MILLIS
                + " -c synchronous_commit=on";
    }
}
