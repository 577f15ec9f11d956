package riskcluster.actors.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import riskcluster.actors.anomaly.Beside;
import riskcluster.actors.anomaly.Remembered;
import riskcluster.actors.anomaly.Tempos;
import riskcluster.actors.anomaly.Watch;
import riskcluster.actors.customer.Customer;
import riskcluster.actors.customer.Round;
import riskcluster.actors.customer.Settled;
import riskcluster.actors.customer.Turn;
import riskcluster.actors.score.Profile;
import riskcluster.actors.star.Registrar;
import riskcluster.actors.star.Standing;

/**
 * The customers of a partition that are in memory. At most one load is under way; a customer who is in memory is never
 * overwritten by a loaded row, and leaves only when his last change lies before the acknowledged profile cursor.
 */
final class Seats implements Watch.Customers, Registrar.Customers {

    /** How many of the most idle leave when there are too many: one in eight. */
    private static final int LEAVE_SHARE = 8;

    private final Map<String, Seat> seats = new HashMap<>();
    private final Function<Profile, ActorRef<Customer.Command>> spawn;
    private final int customersMax;
    private boolean someAreStored;

    private static final class Seat extends Settled {
        private final ActorRef<Customer.Command> customer;
        private long lastOffset;
        private Tempos tempos;
        private Standing standing;

        Seat(String userId, ActorRef<Customer.Command> customer, long lastOffset, Beside beside) {
            super(userId);
            this.customer = customer;
            this.lastOffset = lastOffset;
            this.tempos = beside.tempos();
            this.standing = beside.standing();
        }
    }

    /** @param someAreStored whether profiles have been saved before; where not, an unknown customer is a new one */
    Seats(Function<Profile, ActorRef<Customer.Command>> spawn, int customersMax, boolean someAreStored) {
        this.spawn = spawn;
        this.customersMax = customersMax;
        this.someAreStored = someAreStored;
    }

    /** Customers of the round that must be looked up before it can be scored. */
    List<String> missing(Round round) {
        if (!someAreStored) {
            return List.of();
        }
        return round.customers().stream()
                .filter(customer -> !seats.containsKey(customer))
                .toList();
    }

    /** Seats customers as they were saved; who has no saved profile begins anew. */
    void load(Collection<String> wanted, Map<String, Remembered> saved) {
        for (var customer : wanted) {
            seats.computeIfAbsent(customer, absent -> seat(absent, saved.getOrDefault(absent, Remembered.NOTHING)));
        }
    }

    private Seat seat(String userId, Remembered known) {
        return new Seat(userId, spawn.apply(known.profile()), known.profile().lastOffset(), known.beside());
    }

    /** Sends each customer of the round his events; when this returns, those who are not busy elsewhere are through. */
    void send(Round round) {
        var customers = round.customers();
        var seated = seated(customers);
        round.settleIn(seated);
        try (var turn = Turn.begin()) {
            for (int i = 0; i < seated.length; i++) {
                var seat = seated[i];
                seat.lastOffset = round.lastOffset(i);
                seat.customer.tell(new Customer.Score(round, i));
                turn.told();
            }
        }
        round.finishIfEmpty();
    }

    /** Their seats; whoever is new gets one. They lie all over the memory: looked for in a row, the waits for it overlap. */
    private Seat[] seated(List<String> customers) {
        var seated = new Seat[customers.size()];
        for (int i = 0; i < seated.length; i++) {
            seated[i] = seats.computeIfAbsent(customers.get(i), absent -> seat(absent, Remembered.NOTHING));
        }
        return seated;
    }

    /** The customers who may leave now that profiles are saved up to {@code profileCursor}, the most idle first. */
    List<ActorRef<Customer.Command>> leave(long profileCursor) {
        if (seats.size() <= customersMax) {
            return List.of();
        }
        var offsets = seats.values().stream().mapToLong(seat -> seat.lastOffset).toArray();
        Arrays.sort(offsets);
        int leaving = seats.size() - customersMax + customersMax / LEAVE_SHARE;
        long limit = Math.min(profileCursor, offsets[Math.min(leaving, offsets.length - 1)]);
        var left = new ArrayList<ActorRef<Customer.Command>>();
        seats.values().removeIf(seat -> {
            if (seat.lastOffset >= limit) {
                return false;
            }
            left.add(seat.customer);
            return true;
        });
        someAreStored = true;
        return left;
    }

    @Override
    public Tempos tempos(String userId) {
        return seated(userId).tempos;
    }

    @Override
    public void tempos(String userId, Tempos tempos) {
        seated(userId).tempos = tempos;
    }

    @Override
    public Standing standing(String userId) {
        return seated(userId).standing;
    }

    @Override
    public void standing(String userId, Standing standing) {
        seated(userId).standing = standing;
    }

    /** Who has events in a round that is not settled never leaves. */
    private Seat seated(String userId) {
        return Objects.requireNonNull(seats.get(userId), () -> "customer " + userId + " has no seat");
    }

    Optional<ActorRef<Customer.Command>> customer(String userId) {
        return Optional.ofNullable(seats.get(userId)).map(seat -> seat.customer);
    }

    int size() {
        return seats.size();
    }
}
