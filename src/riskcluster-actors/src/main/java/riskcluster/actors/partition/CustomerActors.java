package riskcluster.actors.partition;

import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.internal.adapter.PropsAdapter;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import riskcluster.actors.customer.Customer;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scorer;

/**
 * Brings a partition's customers into being. They share what their actors are made by, which an actor keeps for as long
 * as it lives: one for each would be a tenth of what a customer takes.
 */
final class CustomerActors {

    /** Where they run and what they are told waits in, by the names of the configuration. */
    private static final org.apache.pekko.actor.typed.Props CUSTOMERS = DispatcherSelector.fromConfig(
                    "riskcluster.customer-dispatcher")
            .withMailboxFromConfig("riskcluster.customer-mailbox");

    private final ActorContext<?> partition;
    private final Props customers;

    CustomerActors(ActorContext<?> partition, Scorer scorer) {
        this.partition = partition;
        // not Adapter.props: that one wraps each in a supervisor, whom every message then passes
        this.customers = PropsAdapter.apply(() -> Customer.create(scorer), CUSTOMERS, true);
    }

    /** A customer who stands at {@code profile}. */
    ActorRef<Customer.Command> spawn(Profile profile) {
        ActorRef<Customer.Command> customer = Adapter.toTyped(Adapter.actorOf(partition, customers));
        if (profile.lastOffset() >= 0) {
            customer.tell(new Customer.Restore(profile));
        }
        return customer;
    }
}
