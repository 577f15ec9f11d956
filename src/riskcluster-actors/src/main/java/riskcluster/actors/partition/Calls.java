package riskcluster.actors.partition;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.actors.anomaly.Remembered;
import riskcluster.actors.customer.Customer;
import riskcluster.actors.partition.Tenure.Command;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.Pause;
import riskcluster.contracts.log.LogPartition;

/** The calls of a tenure that wait for Postgres or the store; each comes back as a message. */
final class Calls {

    private static final Logger LOG = LoggerFactory.getLogger(Partition.class);

    /** Of the many that a cluster's nodes send; of one node they are two seconds. */
    private static final int WAKES_PER_LOOK = 8;

    private final ActorContext<Command> context;
    private final LogPartition source;
    private final PartitionPorts ports;
    private final Ownership owner;
    private final Profiles profiles;
    private int wakes;
    private boolean looking;

    Calls(ActorContext<Command> context, LogPartition source, PartitionPorts ports, Ownership owner) {
        this.context = context;
        this.source = source;
        this.ports = ports;
        this.owner = owner;
        this.profiles = new Profiles(ports.ledger(), source, owner);
    }

    /** Looks customers up as they were saved at the profile cursor. */
    void load(List<String> customers, long cursor) {
        call(
                "loading profiles of " + customers.size() + " customers",
                () -> new Tenure.Loaded(customers, profiles.load(customers, cursor)),
                loaded -> loaded);
    }

    void save(Effect.Save save) {
        call(
                "saving profiles up to " + save.to(),
                () -> new Tenure.Saved(profiles.save(save), save.to()),
                saved -> saved);
    }

    /** Looks whether Postgres and the store answer. */
    void probe() {
        Tenure.outside(
                context,
                ports,
                () -> {
                    ports.lake().probe(owner, source);
                    return ports.ledger().read(owner, source);
                },
                cursors -> new Tenure.Probed(true),
                failure -> new Tenure.Probed(false));
    }

    /** It is woken several times a second, and looks now and then. */
    void woken(Resting resting, RoundQueue rounds, Progress progress) {
        if (++wakes % WAKES_PER_LOOK == 0) {
            look(progress.position() == progress.profilesSaved(), resting.wish(), resting.at(rounds, progress));
        }
    }

    /** Tells at once where it rests, if it does. */
    void tellRest(Resting resting, RoundQueue rounds, Progress progress) {
        var at = resting.at(rounds, progress);
        if (at.isPresent()) {
            look(true, resting.wish(), at);
        }
    }

    /**
     * Looks for a wish that it rests; one look at a time. Where nobody answers, nothing has changed.
     *
     * @param idle who has nothing to seal or save would never hear that his epoch is over: he looks for that too
     * @param restsAt where it rests, which is told
     */
    private void look(boolean idle, Optional<Pause> wish, OptionalLong restsAt) {
        if (!looking) {
            looking = true;
            Tenure.outside(
                    context,
                    ports,
                    () -> seen(idle, restsAt),
                    seen -> seen,
                    failure -> new Tenure.Looked(true, wish, -1));
        }
    }

    private Tenure.Looked seen(boolean idle, OptionalLong restsAt) {
        var ours = !idle || ports.ledger().read(owner, source).isPresent();
        if (restsAt.isPresent()) {
            ports.ledger().rests(owner, source, restsAt.getAsLong());
        }
        var pause = ports.ledger().pause(source);
        return new Tenure.Looked(ours, pause, pause.isPresent() ? ports.log().endOffset(source) : -1);
    }

    /** The look is over. */
    void looked() {
        looking = false;
    }

    /** Tells a customer as he is in memory, else as he was saved. */
    void show(
            String userId,
            Optional<ActorRef<Customer.Command>> seat,
            long cursor,
            ActorRef<Partition.CustomerShown> replyTo) {
        if (seat.isPresent()) {
            Lines.shown(LOG, source, ports, userId);
            seat.get()
                    .tell(new Customer.Show(
                            profile -> replyTo.tell(new Partition.CustomerShown(source, Optional.of(profile)))));
            return;
        }
        ports.blocking().execute(() -> {
            var stored = profiles.load(List.of(userId), cursor);
            if (stored.containsKey(userId)) {
                Lines.shown(LOG, source, ports, userId);
            }
            replyTo.tell(new Partition.CustomerShown(
                    source, Optional.ofNullable(stored.get(userId)).map(Remembered::profile)));
        });
    }

    private <T> void call(String what, Supplier<T> work, Function<T, Command> told) {
        Tenure.outside(context, ports, work, told, failure -> new Tenure.Unanswered(what, failure));
    }
}
