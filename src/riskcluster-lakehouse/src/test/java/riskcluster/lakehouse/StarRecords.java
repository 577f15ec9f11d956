package riskcluster.lakehouse;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.CustomerAt;
import riskcluster.contracts.decision.CustomerVersion;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.table.StarKeys;

/**
 * Decided records as a partition tells them for the star: each customer has one version, begun by his first record, and one
 * more with each change of his pseudonym.
 */
public final class StarRecords {

    private final StarKeys keys = new StarKeys();
    private final Map<String, CustomerVersion> versions = new HashMap<>();

    /** The record with its customer as he was; they come in the order of their event times. */
    public Judged of(Judged judged) {
        var decision = ((Outcome.Decided) judged.outcome()).decision();
        var customer = decision.customerKey();
        var known = versions.get(decision.transaction().userId());
        if (known != null && known.customerKey().equals(customer)) {
            return judged.of(new CustomerAt(known.key(), Optional.empty()));
        }
        long from = known == null ? 0 : decision.transaction().eventTimeMicros();
        var begun = new CustomerVersion(
                keys.ofVersion(customer, from),
                customer,
                known == null ? 1 : known.number() + 1,
                from,
                decision.country(),
                Band.HIGH,
                known == null ? OptionalLong.empty() : OptionalLong.of(known.key()));
        versions.put(decision.transaction().userId(), begun);
        return judged.of(new CustomerAt(begun.key(), Optional.of(begun)));
    }
}
