package riskcluster.simulation.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.log.LogPartition;
import riskcluster.simulation.fault.Fate;
import riskcluster.simulation.fault.Invariant;
import riskcluster.simulation.loop.Loop;

/** Everything outside the processes of one run, and the whole truth about it. */
public final class World {

    private final Loop loop;
    private final Fate fate;
    private final Book book;
    private final InputTopic input;
    private final Store store = new Store();
    private final Truth truth;
    private final Postgres postgres;
    private final Lakehouse lakehouse;
    private final RewriteRows rewrites;
    private final Map<LogPartition, AlertTopic> alerts = new HashMap<>();

    /** A new world with this input in it. */
    public World(Loop loop, Fate fate, Book book, InputTopic input, List<Policy> policies, Scorer scorer) {
        this.loop = loop;
        this.fate = fate;
        this.book = book;
        this.input = input;
        this.truth = new Truth(input, policies, scorer);
        this.postgres = new Postgres(fate, book, store);
        this.lakehouse = new Lakehouse(fate, book, store, postgres, truth, new Deferred(loop));
        this.rewrites = new RewriteRows(fate, book, store, postgres, lakehouse);
        for (var source : input.sources()) {
            var topic = new AlertTopic(source, loop, fate, book, truth, postgres);
            alerts.put(source, topic);
            postgres.alertsOf(source, topic);
        }
    }

    Loop loop() {
        return loop;
    }

    Fate fate() {
        return fate;
    }

    Book book() {
        return book;
    }

    InputTopic input() {
        return input;
    }

    Store store() {
        return store;
    }

    Truth truth() {
        return truth;
    }

    Postgres postgres() {
        return postgres;
    }

    Lakehouse lakehouse() {
        return lakehouse;
    }

    RewriteRows rewrites() {
        return rewrites;
    }

    AlertTopic alerts(LogPartition source) {
        var topic = alerts.get(source);
        if (topic == null) {
            throw new IllegalArgumentException("no partition " + source);
        }
        return topic;
    }

    /** Whether everything that was produced is decided, told, saved and committed. */
    public boolean isDry() {
        for (var source : input.sources()) {
            long end = input.end(source);
            if (lakehouse.reached(source) < end
                    || postgres.profile(source) < end
                    || alerts(source).everCommitted() < end
                    || alerts(source).isPending()) {
                return false;
            }
        }
        return true;
    }

    /** Where things stand, for who asks why they do not run dry. */
    public String standing() {
        var text = new StringBuilder();
        for (var source : input.sources()) {
            text.append(source).append(" of ").append(input.end(source));
            text.append(": alerts ").append(alerts(source).everCommitted());
            text.append(", data ").append(postgres.data(source));
            text.append(", profiles ").append(postgres.profile(source));
            text.append(", committed ").append(lakehouse.reached(source)).append("; ");
        }
        return text.toString();
    }

    /** Kafka forgets the alert cursor of this partition. */
    public void forgetAlertCursor(LogPartition source) {
        alerts(source).forget();
    }

    /** Another engine rewrites a table's metadata. */
    public void movePointer(int table) {
        lakehouse.moveByAnother(Lakehouse.TABLES.get(Math.floorMod(table, Lakehouse.TABLES.size())));
    }

    /** Looks whether every file that counts is there. */
    public void checkFiles() {
        lakehouse.nothingIsMissing();
    }

    /** Compares the outcome with an undisturbed run over the same log. */
    public void checkAtTheEnd() {
        checkFiles();
        lakehouse.goldEqualsSilver("the end");
        for (var source : input.sources()) {
            lakehouse.checkAtTheEnd(source, input.end(source));
            alerts(source).checkAtTheEnd(input.end(source));
            book.must(
                    Invariant.NothingLost,
                    postgres.data(source) == input.end(source),
                    () -> source + " is sealed up to " + postgres.data(source) + " of " + input.end(source));
        }
    }
}
