package riskcluster.actors.partition;

import java.util.ArrayList;
import java.util.List;
import riskcluster.actors.customer.Round;
import riskcluster.actors.customer.Settled;
import riskcluster.actors.score.Profile;

/** The customers whose profiles changed since they were cut, each once, however many of his events were settled. */
final class Changed {

    /** A customer's profile as it is to be saved. */
    record One(String userId, Profile profile) {}

    private final List<Settled> customers = new ArrayList<>();

    /** After this round. */
    void add(Round round) {
        round.settle(customers);
    }

    int size() {
        return customers.size();
    }

    /** Their profiles as they are now; from here on nobody has changed. */
    List<One> cut() {
        var cut = new ArrayList<One>(customers.size());
        for (var each : customers) {
            each.cut();
            cut.add(new One(each.userId(), each.profile()));
        }
        customers.clear();
        return cut;
    }
}
