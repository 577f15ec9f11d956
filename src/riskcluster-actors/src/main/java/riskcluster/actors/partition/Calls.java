package riskcluster.actors.partition;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import riskcluster.actors.anomaly.Remembered;
import riskcluster.actors.partition.Tenure.Command;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;

/** The calls of a tenure that wait for Postgres or the store; each comes back as a message. */
final class Calls {

    /** Of the many that a cluster's nodes send; of one node they are two seconds. */
    private static final int WAKES_PER_LOOK = 8;

    private final ActorContext<Command> context;
    private final LogPartition source;
    private final PartitionPorts ports;
    private final Ownership owner;
    private final Profiles profiles;
    private int wakes;

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

    /** Who has nothing to seal or save would never hear that his epoch is over: he looks. No answer is none. */
    void woken(boolean idle) {
        if (!idle || ++wakes % WAKES_PER_LOOK != 0) {
            return;
        }
        Tenure.outside(
                context,
                ports,
                () -> ports.ledger().read(owner, source).isPresent(),
                Tenure.Looked::new,
                failure -> new Tenure.Looked(true));
    }

    /** Tells a customer who is not in memory as he was saved. */
    void show(String userId, long cursor, ActorRef<Partition.CustomerShown> replyTo) {
        ports.blocking().execute(() -> {
            var stored = profiles.load(List.of(userId), cursor);
            replyTo.tell(new Partition.CustomerShown(
                    source, Optional.ofNullable(stored.get(userId)).map(Remembered::profile)));
        });
    }

    private <T> void call(String what, Supplier<T> work, Function<T, Command> told) {
        Tenure.outside(context, ports, work, told, failure -> new Tenure.Unanswered(what, failure));
    }
}
