package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Compares this machine's clock with that of Postgres, which all nodes share. Iceberg stamps metadata with the writer's
 * clock and refuses, for good, what is more than a minute older than the stamp before it: a committer whose clock is
 * ahead would keep all others from committing until they have caught up with it.
 */
public final class ClockCheck {

    /** Half of what Iceberg allows between two writers. */
    public static final Duration MOST = Duration.ofSeconds(30);

    private final Clock clock;

    public ClockCheck(Clock clock) {
        this.clock = clock;
    }

    /** What is wrong with the clock of this machine, as a sentence; empty where nothing is. */
    public Optional<String> finding(DataSource database) {
        return new Transactions(database).run("ask for the time", this::finding);
    }

    /** @throws IllegalStateException where this machine's clock is wrong, with what is wrong with it */
    public void demand(Connection connection) throws SQLException {
        finding(connection).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
    }

    private Optional<String> finding(Connection connection) throws SQLException {
        var ahead = ahead(connection);
        return ahead.abs().compareTo(MOST) <= 0 ? Optional.empty() : Optional.of(sentence(ahead));
    }

    /** How far this machine's clock is ahead of that of Postgres at least; below zero where it is behind. */
    public Duration ahead(Connection connection) throws SQLException {
        long before = clock.millis();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT extract(epoch FROM clock_timestamp()) * 1000")) {
            row.next();
            long told = row.getBigDecimal(1).longValue();
            // somewhere between before and now Postgres has looked at its clock
            return Duration.ofMillis(before > told ? before - told : Math.min(0, clock.millis() - told));
        }
    }

    private static String sentence(Duration ahead) {
        return "this machine's clock is " + ahead.abs().toSeconds() + " s "
                + (ahead.isPositive() ? "ahead of" : "behind") + " that of Postgres, allowed: " + MOST.toSeconds()
                + " s. Set it by a time server (NTP)";
    }
}
