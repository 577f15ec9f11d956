package riskcluster.actors.partition;

import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import riskcluster.actors.customer.Customer;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scorer;

/** Brings a partition's customers into being. */
final class CustomerActors {

    private final ActorContext<?> partition;
    private final Props customers;

    CustomerActors(ActorContext<?> partition, Scorer scorer) {
        this.partition = partition;
        this.customers = Customer.props(scorer);
    }

    /** A customer who stands at {@code profile}. */
    ActorRef<Customer.Command> spawn(Profile profile) {
        var customer = Customer.spawn(partition, customers);
        if (profile.lastOffset() >= 0) {
            customer.tell(new Customer.Restore(profile));
        }
        return customer;
    }
}
