package riskcluster.actors.customer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.privacy.Aliases;
import riskcluster.actors.score.IdHashes;
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

        private final transient LogRecord record;

        Unscorable(LogRecord record, RuntimeException cause) {
            super("record " + record.coordinates() + " could not be scored: " + cause, cause);
            this.record = record;
        }

        public LogRecord record() {
            return record;
        }
    }

    private static final int NONE = -1;

    /** 2 to the power of 32 divided by the golden ratio, see Knuth, volume 3, section 6.4. */
    private static final int FACTOR = 0x9E3779B9;

    private final long from;
    private final long to;
    private final int leaderEpoch;
    private final Policy policy;
    private final List<LogRecord> records;
    private final @Nullable Transaction[] transactions;
    private final IdHashes ids;
    private final @Nullable Outcome[] outcomes;
    private final List<String> customers = new ArrayList<>();

    /** Seat by seat the customer's first slot and his last; slot by slot the next one of the same customer, or -1. */
    private final int[] first;

    private final int[] last;
    private final int[] next;
    private final Profile[] profiles;
    private Settled[] settled = {};
    private final AtomicInteger left;
    private final AtomicReference<@Nullable Unscorable> failure = new AtomicReference<>();
    private final Consumer<Round> done;

    /**
     * @param transactions slot by slot, absent where the record was rejected
     * @param ids of the transactions, slot by slot
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
            IdHashes ids,
            @Nullable Outcome[] outcomes,
            Consumer<Round> done) {
        this.from = from;
        this.to = to;
        this.leaderEpoch = leaderEpoch;
        this.policy = policy;
        this.records = records;
        this.transactions = transactions;
        this.ids = ids;
        this.outcomes = outcomes;
        this.done = done;
        this.first = new int[transactions.length];
        this.last = new int[transactions.length];
        this.next = new int[transactions.length];
        seatCustomers();
        this.profiles = new Profile[customers.size()];
        this.left = new AtomicInteger(customers.size());
    }

    private void seatCustomers() {
        // one more than the seat of the customer whose id hashes here; 0 where the place is free; at most half are
        // taken
        var places = new int[Integer.highestOneBit(transactions.length + 1) << 2];
        for (int slot = 0; slot < transactions.length; slot++) {
            var transaction = transactions[slot];
            if (transaction == null) {
                continue;
            }
            int seat = seat(places, transaction.userId());
            if (seat == customers.size()) {
                customers.add(transaction.userId());
                first[seat] = slot;
            } else {
                next[last[seat]] = slot;
            }
            last[seat] = slot;
            next[slot] = NONE;
        }
    }

    /** His seat, or the next free one, which is his from now on. */
    private int seat(int[] places, String customer) {
        int hash = customer.hashCode() * FACTOR;
        int place = hash >>> Integer.numberOfLeadingZeros(places.length - 1);
        while (places[place] != 0) {
            int seat = places[place] - 1;
            if (customers.get(seat).equals(customer)) {
                return seat;
            }
            place = place + 1 & places.length - 1;
        }
        places[place] = customers.size() + 1;
        return customers.size();
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
        return records.get(last[seat]).offset();
    }

    /** To be called when no customer has a seat: nobody else will finish such a round. */
    public void finishIfEmpty() {
        if (customers.isEmpty()) {
            done.accept(this);
        }
    }

    /** Scores the events of one seat and returns the profile after them. */
    public Profile score(int seat, Profile before, Scorer scorer, Aliases aliases) {
        var profile = before;
        int at = 0;
        try {
            for (int slot = first[seat]; slot != NONE; slot = next[slot]) {
                at = slot;
                var scored = scorer.score(
                        profile, present(slot), ids.at(slot), records.get(slot).offset(), policy, aliases);
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

    /** Where the profiles go when the round is settled, seat by seat. */
    public void settleIn(Settled[] places) {
        settled = places;
    }

    /** Puts the profile of each customer as it is after this round into its place; those who had not changed are added. */
    public void settle(List<Settled> changed) {
        if (settled.length != profiles.length) {
            throw new IllegalStateException(
                    "a round of " + profiles.length + " customers is settled at " + settled.length + " places");
        }
        for (int seat = 0; seat < profiles.length; seat++) {
            var place = settled[seat];
            place.put(profiles[seat]);
            if (place.change()) {
                changed.add(place);
            }
        }
    }
}
