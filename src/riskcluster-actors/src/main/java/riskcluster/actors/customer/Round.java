package riskcluster.actors.customer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/**
 * One fetch on its way through the customers. Each customer fills his own slots; the one who fills the last tells the
 * partition. So a fetch of a thousand events costs one message a customer, and one back, not one an event.
 *
 * <p>Slots are written by one thread each and read after the count has come to zero, which orders the two.
 */
public final class Round {

    /** A record at which scoring threw: a bug, not a bad record. */
    public static final class Unscorable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unscorable(LogRecord record, RuntimeException cause) {
            super("record " + record.coordinates() + " could not be scored: " + cause, cause);
        }
    }

    private final long from;
    private final long to;
    private final int leaderEpoch;
    private final Policy policy;
    private final List<LogRecord> records;
    private final @Nullable Transaction[] transactions;
    private final @Nullable Outcome[] outcomes;
    private final List<String> customers = new ArrayList<>();
    private final List<int[]> slots = new ArrayList<>();
    private final Profile[] profiles;
    private final AtomicInteger left;
    private final AtomicReference<@Nullable Unscorable> failure = new AtomicReference<>();
    private final Consumer<Round> done;

    /**
     * @param transactions slot by slot, absent where the record was rejected
     * @param outcomes slot by slot, present where the record was rejected
     * @param done called once, by the thread that finished last
     */
    public Round(
            long from,
            long to,
            int leaderEpoch,
            Policy policy,
            List<LogRecord> records,
            @Nullable Transaction[] transactions,
            @Nullable Outcome[] outcomes,
            Consumer<Round> done) {
        this.from = from;
        this.to = to;
        this.leaderEpoch = leaderEpoch;
        this.policy = policy;
        this.records = records;
        this.transactions = transactions;
        this.outcomes = outcomes;
        this.done = done;
        seatCustomers();
        this.profiles = new Profile[customers.size()];
        this.left = new AtomicInteger(customers.size());
    }

    private void seatCustomers() {
        var byCustomer = new LinkedHashMap<String, int[]>();
        for (int slot = 0; slot < transactions.length; slot++) {
            var transaction = transactions[slot];
            if (transaction != null) {
                byCustomer.merge(transaction.userId(), new int[] {slot}, Round::joined);
            }
        }
        byCustomer.forEach((customer, his) -> {
            customers.add(customer);
            slots.add(his);
        });
    }

    private static int[] joined(int[] all, int[] one) {
        var longer = Arrays.copyOf(all, all.length + 1);
        longer[all.length] = one[0];
        return longer;
    }

    /** As they were read, in the log's order. */
    public List<LogRecord> records() {
        return records;
    }

    /** The customers of this round; a customer's index here is his seat. */
    public List<String> customers() {
        return customers;
    }

    /** Input offset of the last event of the customer on this seat. */
    public long lastOffset(int seat) {
        var his = slots.get(seat);
        return records.get(his[his.length - 1]).offset();
    }

    /** To be called when no customer has a seat: nobody else will finish such a round. */
    public void finishIfEmpty() {
        if (customers.isEmpty()) {
            done.accept(this);
        }
    }

    /** Scores the events of one seat and returns the profile after them. */
    public Profile score(int seat, Profile before, Scorer scorer) {
        var profile = before;
        int at = 0;
        try {
            for (int slot : slots.get(seat)) {
                at = slot;
                var scored =
                        scorer.score(profile, present(slot), records.get(slot).offset(), policy);
                outcomes[slot] = scored.outcome();
                profile = scored.profile();
            }
        } catch (RuntimeException e) { // a bug: the partition must hear of it, or it would wait for ever
            failure.compareAndSet(null, new Unscorable(records.get(at), e));
        }
        profiles[seat] = profile;
        if (left.decrementAndGet() == 0) {
            done.accept(this);
        }
        return profile;
    }

    private Transaction present(int slot) {
        var transaction = transactions[slot];
        if (transaction == null) {
            throw new IllegalStateException("slot " + slot + " has no transaction to score");
        }
        return transaction;
    }

    /** Whether every customer is through. */
    public boolean isDone() {
        return left.get() == 0;
    }

    public long from() {
        return from;
    }

    /** One past the last offset. */
    public long to() {
        return to;
    }

    public int leaderEpoch() {
        return leaderEpoch;
    }

    /** What a customer could not score, where there was such a thing. */
    public @Nullable Unscorable failure() {
        return failure.get();
    }

    /** Every record with its outcome, in the log's order; only after the round is done. */
    public List<Judged> judged() {
        var all = new ArrayList<Judged>(records.size());
        for (int slot = 0; slot < records.size(); slot++) {
            var outcome = outcomes[slot];
            if (outcome == null) {
                throw new IllegalStateException("record " + records.get(slot).coordinates() + " has no outcome");
            }
            all.add(new Judged(records.get(slot), outcome));
        }
        return all;
    }

    /** Puts the profile of each customer as it is after this round into {@code changed}. */
    public void profilesInto(Map<String, Profile> changed) {
        for (int seat = 0; seat < profiles.length; seat++) {
            changed.put(customers.get(seat), profiles[seat]);
        }
    }
}
