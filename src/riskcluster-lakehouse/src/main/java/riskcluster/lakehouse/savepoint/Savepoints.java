package riskcluster.lakehouse.savepoint;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.SavepointTable;
import riskcluster.lakehouse.ledger.StoredSavepoint;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.savepoint.Refused.Why;

/**
 * The savepoints of a lake, made and dropped beside whatever runs on it: a savepoint is what Postgres holds at one moment
 * at which no profile is ahead of the newest batch.
 */
public final class Savepoints {

    /** Each holds a copy of every profile and keeps the files of its batch. */
    public static final int MAX = 8;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Transactions transactions;

    public Savepoints(DataSource database) {
        this.transactions = new Transactions(database);
    }

    /** What came of making one. */
    public sealed interface Made permits Done, Refused {}

    /** It is there. */
    public record Done(StoredSavepoint savepoint) implements Made {}

    /** Not yet: profiles are ahead of what is committed. */
    private record Ahead(String what) {}

    /**
     * Makes one of the newest batch, as soon as no saved profile is ahead of it.
     *
     * @param semantics of decoder and scorer
     * @param max so long it waits for such a moment; there is one after nearly every commit
     */
    public Made create(String name, String semantics, Duration max) throws InterruptedException {
        if (!NAME.matcher(name).matches()) {
            return new Refused(
                    Why.NAME,
                    "'" + name + "' is no name, allowed: a small letter and up to 62 small letters, digits, . _ -");
        }
        long until = System.nanoTime() + max.toNanos();
        while (true) {
            Object tried = transactions.run("make savepoint " + name, connection -> tried(connection, name, semantics));
            if (tried instanceof Done(var savepoint)) {
                return kept(savepoint);
            }
            if (tried instanceof Refused refused) {
                return refused;
            }
            if (tried instanceof Ahead(var what) && System.nanoTime() > until) {
                return new Refused(
                        Why.NOT_NOW, "for " + max.toSeconds() + " s commits have been behind what is saved: " + what);
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /** Maintenance heard of it only now: had it taken as long as it takes to forget a batch, it would show nothing. */
    private Made kept(StoredSavepoint savepoint) {
        boolean isKept = transactions.atOneMoment(
                "look for batch " + savepoint.batch(),
                connection -> BatchTable.find(connection, savepoint.batch()).isPresent());
        if (isKept) {
            return new Done(savepoint);
        }
        drop(savepoint.name());
        return new Refused(Why.NOT_NOW, "batch " + savepoint.batch() + " was forgotten while its profiles were copied");
    }

    private static Object tried(Connection connection, String name, String semantics) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        }
        Transactions.unhurried(connection);
        SavepointTable.lock(connection);
        var refused = refused(connection, name);
        if (refused.isPresent()) {
            return Transactions.refuse(connection, refused.get());
        }
        var ahead = SavepointTable.ahead(connection);
        if (ahead.isPresent()) {
            return Transactions.refuse(connection, new Ahead(ahead.get()));
        }
        long batch = BatchTable.newest(connection).orElseThrow().id();
        return new Done(SavepointTable.add(connection, name, batch, semantics));
    }

    private static Optional<Refused> refused(Connection connection, String name) throws SQLException {
        if (SavepointTable.find(connection, name).isPresent()) {
            return Optional.of(new Refused(Why.NAME, "there is a savepoint " + name + " already"));
        }
        if (SavepointTable.all(connection).size() >= MAX) {
            return notNow("there are " + MAX + " savepoints already; drop one");
        }
        if (BatchTable.newest(connection).isEmpty()) {
            return notNow("nothing is committed yet");
        }
        if (!SavepointTable.knowsEveryPartition(connection)) {
            return notNow("a partition has had no owner yet");
        }
        return SavepointTable.isErasing(connection)
                ? notNow("a customer is being erased or all get new pseudonyms, and it would keep them; wait until that"
                        + " is done")
                : Optional.empty();
    }

    private static Optional<Refused> notNow(String what) {
        return Optional.of(new Refused(Why.NOT_NOW, what));
    }

    /** Every savepoint, the oldest first. */
    public List<StoredSavepoint> all() {
        return transactions.atOneMoment("list savepoints", SavepointTable::all);
    }

    /** The savepoint of this name. */
    public Optional<StoredSavepoint> find(String name) {
        return transactions.atOneMoment("find savepoint " + name, connection -> SavepointTable.find(connection, name));
    }

    /** The partitions at it. */
    public List<SavepointTable.Place> places(StoredSavepoint savepoint) {
        return transactions.atOneMoment(
                "read savepoint " + savepoint.name(), connection -> SavepointTable.places(connection, savepoint));
    }

    /** Drops it; false where there is none. Files that only it keeps go with the next expiry. */
    public boolean drop(String name) {
        return transactions.run("drop savepoint " + name, connection -> {
            SavepointTable.lock(connection);
            var found = SavepointTable.find(connection, name);
            if (found.isPresent()) {
                SavepointTable.drop(connection, found.get());
            }
            return found.isPresent();
        });
    }

    /** That there is none of this name, with those that there are. */
    public Refused unknown(String name) {
        return unknown(name, all());
    }

    static Refused unknown(String name, List<StoredSavepoint> known) {
        var names = known.stream().map(StoredSavepoint::name).toList();
        return new Refused(
                Why.NAME,
                "there is no savepoint '" + name + "'; "
                        + (names.isEmpty() ? "there is none at all" : "there are: " + String.join(", ", names)));
    }
}
