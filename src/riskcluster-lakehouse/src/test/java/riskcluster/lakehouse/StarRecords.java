package riskcluster.lakehouse;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.CustomerAt;
import riskcluster.contracts.decision.CustomerVersion;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.table.StarKeys;

/** Decided records as a partition tells them for the star: each customer has one version, begun by his first record. */
public final class StarRecords {

    private final StarKeys keys = new StarKeys();
    private final Map<String, CustomerVersion> versions = new HashMap<>();

    /** The record with its customer as he was. */
    public Judged of(Judged judged) {
        var decision = ((Outcome.Decided) judged.outcome()).decision();
        var customer = decision.customerKey();
        var known = versions.get(customer);
        if (known != null) {
            return judged.of(new CustomerAt(known.key(), Optional.empty()));
        }
        var begun = new CustomerVersion(keys.ofVersion(customer, 0), customer, 1, 0, decision.country(), Band.HIGH);
        versions.put(customer, begun);
        return judged.of(new CustomerAt(begun.key(), Optional.of(begun)));
    }
}
