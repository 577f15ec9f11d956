package riskcluster.actors.star;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import riskcluster.contracts.decision.CustomerAt;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.table.StarKeys;

/**
 * Follows a partition's log and tells of each decision which version of its customer is valid at its event time, and which
 * version it began: a function of the customer's decisions up to it, in the log's order, and of nothing else.
 */
public final class Registrar {

    private final Customers customers;
    private final StarKeys keys = new StarKeys();

    /** Where customers' standings are kept. */
    public interface Customers {
        /** The standing of a customer of whom a record was decided. */
        Standing standing(String userId);

        void standing(String userId, Standing standing);
    }

    public Registrar(Customers customers) {
        this.customers = customers;
    }

    /** The same records, each decided one with its customer as he was; they come in the log's order. */
    public List<Judged> follow(List<Judged> records) {
        var followed = new ArrayList<Judged>(records.size());
        for (var judged : records) {
            followed.add(
                    judged.outcome() instanceof Outcome.Decided(var decision)
                            ? judged.of(customerAt(decision))
                            : judged);
        }
        return followed;
    }

    private CustomerAt customerAt(Decision decision) {
        var userId = decision.transaction().userId();
        var before = customers.standing(userId);
        var standing = before.after(decision, keys);
        customers.standing(userId, standing);
        return new CustomerAt(
                standing.keyAt(decision.transaction().eventTimeMicros()),
                standing.began(before)
                        ? Optional.of(standing.newest(decision.customerKey(), before))
                        : Optional.empty());
    }

    /** The customer's standing now. */
    public Standing standing(String userId) {
        return customers.standing(userId);
    }
}
