package riskcluster.simulation.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.simulation.fault.Fate;
import riskcluster.simulation.fault.Invariant;
import riskcluster.simulation.fault.Plant;
import riskcluster.simulation.loop.Loop;

/** The alert and dead letter topics of one input partition, with transactions, fencing and the alert cursor. */
final class AlertTopic {

    private static final long EARLY_MICROS = 300_000;

    private final LogPartition source;
    private final Loop loop;
    private final Fate fate;
    private final Book book;
    private final Truth truth;
    private final Postgres postgres;

    private final List<Message> messages = new ArrayList<>();
    private final Map<Long, Message> seen = new HashMap<>();
    private final Set<Long> committed = new HashSet<>();
    private int producer;
    private @Nullable Long cursor;
    private @Nullable Long pending;
    private long highest;
    private long everCommitted;

    private enum State {
        OPEN,
        DECIDED,
        COMMITTED,
        ABORTED
    }

    private static final class Message {
        private final long offset;
        private final long content;
        private final String policy;
        private final int producer;
        private State state = State.OPEN;

        Message(long offset, long content, String policy, int producer) {
            this.offset = offset;
            this.content = content;
            this.policy = policy;
            this.producer = producer;
        }
    }

    AlertTopic(LogPartition source, Loop loop, Fate fate, Book book, Truth truth, Postgres postgres) {
        this.source = source;
        this.loop = loop;
        this.fate = fate;
        this.book = book;
        this.truth = truth;
        this.postgres = postgres;
    }

    /** Fences every older producer; what they left open is aborted, what they had decided stays so. */
    int open() {
        producer++;
        for (var message : messages) {
            if (message.state == State.OPEN) {
                message.state = State.ABORTED;
            }
        }
        return producer;
    }

    boolean isFenced(int mine) {
        return mine != producer;
    }

    /** Appends a message that only fast readers see for now. */
    void send(int mine, Judged judged) {
        long offset = judged.record().offset();
        var policy = judged.outcome() instanceof Outcome.Decided(var decision) ? decision.policyVersion() : "";
        var message = new Message(offset, Content.of(judged), policy, mine);
        truth.checkWindows(judged, book);
        follows(message);
        var before = seen.putIfAbsent(offset, message);
        if (before != null) {
            book.must(
                    Invariant.AlertIdsStable,
                    before.content == message.content,
                    () -> "alert " + source + "/" + offset + " was seen with another content before");
        }
        messages.add(message);
    }

    private void follows(Message message) {
        var policy = message.policy.isEmpty() ? postgres.policyAt(source, message.offset) : message.policy;
        book.must(
                Invariant.AlertIdsStable,
                truth.of(source, message.offset, policy)
                        .filter(fact -> fact.loud() && fact.content() == message.content)
                        .isPresent(),
                () -> "alert " + source + "/" + message.offset + " is not what the log says");
    }

    /** Whether the producer's last transaction is decided and not yet visible. */
    boolean isPending() {
        return pending != null;
    }

    /** Commits what this producer has open, with the cursor. */
    void commit(int mine, long to) {
        if (isFenced(mine)) {
            throw new Refusal("the producer of " + source + " is fenced");
        }
        if (fate.planted(Plant.ALERTS_ACKNOWLEDGED_EARLY) && fate.below(4) == 0) {
            later(mine, to);
            return;
        }
        settle(mine, State.OPEN);
        if (fate.planted(Plant.ALERT_BEFORE_CURSOR) && fate.below(4) == 0) {
            everCommitted = Math.max(everCommitted, to);
            later(mine, to);
        } else {
            move(to);
        }
    }

    private void later(int mine, long to) {
        loop.after(EARLY_MICROS, () -> {
            if (!isFenced(mine) && to > highest) {
                settle(mine, State.OPEN);
                move(to);
            }
        });
    }

    /** Decides the transaction; cursor and messages are visible {@code micros} later, whoever is fenced by then. */
    void decide(int mine, long to, long micros) {
        if (isFenced(mine)) {
            throw new Refusal("the producer of " + source + " is fenced");
        }
        for (var message : messages) {
            if (message.producer == mine && message.state == State.OPEN) {
                message.state = State.DECIDED;
            }
        }
        pending = to;
        everCommitted = Math.max(everCommitted, to);
        loop.after(micros, () -> {
            pending = null;
            settle(mine, State.DECIDED);
            move(to);
        });
    }

    private void settle(int mine, State due) {
        for (var message : messages) {
            if (message.producer == mine && message.state == due) {
                message.state = State.COMMITTED;
                book.must(
                        Invariant.AlertsExactlyOnce,
                        committed.add(message.offset),
                        () -> "alert " + source + "/" + message.offset + " is committed twice");
            }
        }
    }

    private void move(long to) {
        book.must(
                Invariant.CursorNeverGoesBack,
                to >= highest,
                () -> "the alert cursor of " + source + " goes from " + highest + " to " + to);
        for (var fact : truth.between(source, highest, to, postgres.switches(source))) {
            book.must(
                    Invariant.AlertsExactlyOnce,
                    !fact.loud() || committed.contains(fact.offset()),
                    () -> "the alert cursor of " + source + " stands at " + to + ", alert " + fact.offset()
                            + " is not committed");
        }
        cursor = to;
        highest = to;
        everCommitted = Math.max(everCommitted, to);
    }

    /** The cursor as a reader sees it now. */
    OptionalLong cursor() {
        var known = cursor;
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
    }

    /** Kafka forgets the cursor; the next one is counted from what can be known without it. */
    void forget() {
        cursor = null;
        highest = 0;
    }

    long lastPublished() {
        return committed.stream().mapToLong(Long::longValue).max().orElse(-1) + 1;
    }

    /** The greatest cursor that was ever committed. */
    long everCommitted() {
        return everCommitted;
    }

    /** At the end: every alert that anyone saw is there, and says what the policy in force says. */
    void checkAtTheEnd(long end) {
        var switches = postgres.switches(source);
        for (var fact : truth.between(source, 0, end, switches)) {
            book.must(
                    Invariant.AlertsExactlyOnce,
                    fact.loud() == committed.contains(fact.offset()),
                    () -> "alert " + source + "/" + fact.offset()
                            + (fact.loud() ? " is missing" : " follows from nothing"));
        }
        for (var message : seen.values()) {
            book.must(
                    Invariant.AlertIdsStable,
                    committed.contains(message.offset),
                    () -> "alert " + source + "/" + message.offset + " was seen and taken back");
        }
        stillRight();
    }

    /** Whatever was seen was decided by the policy that is in force there, also now that another one was placed. */
    void stillRight() {
        var switches = postgres.switches(source);
        for (var message : seen.values()) {
            book.must(
                    Invariant.AlertIdsStable,
                    message.policy.isEmpty() || message.policy.equals(Truth.version(switches, message.offset)),
                    () -> "alert " + source + "/" + message.offset
                            + " was decided by a policy that is not in force there");
        }
    }
}
