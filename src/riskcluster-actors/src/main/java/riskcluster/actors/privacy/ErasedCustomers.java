package riskcluster.actors.privacy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import riskcluster.contracts.ledger.ErasedCustomer;

/**
 * The customers who were erased, as a partition recognises them among those who arrive: by keyed digests, so that the
 * list tells nobody who they were.
 */
public final class ErasedCustomers {

    private final List<ErasedCustomer> known;
    private final Pseudonyms pseudonyms;
    private final Map<Integer, Set<String>> tags = new HashMap<>();

    /** @throws IllegalStateException where the ring has not the key of a tag: nobody could tell who is erased */
    public ErasedCustomers(List<ErasedCustomer> known, Pseudonyms pseudonyms) {
        this.known = List.copyOf(known);
        this.pseudonyms = pseudonyms;
        for (var customer : known) {
            int version = Pseudonyms.version(customer.tag());
            if (!pseudonyms.has(version)) {
                throw new IllegalStateException("a customer was erased under version " + version
                        + " of the pseudonym key, which this node does not have: his records could not be told");
            }
            tags.computeIfAbsent(version, absent -> new HashSet<>()).add(customer.tag());
        }
    }

    /** Where nobody was erased, nothing is computed for a record. */
    public boolean isEmpty() {
        return tags.isEmpty();
    }

    /** Whether this customer was erased. */
    public boolean holds(String userId) {
        for (var ofVersion : tags.entrySet()) {
            if (ofVersion.getValue().contains(pseudonyms.erasureTag(ofVersion.getKey(), userId))) {
                return true;
            }
        }
        return false;
    }

    /** Those it was made of. */
    public List<ErasedCustomer> known() {
        return known;
    }
}
