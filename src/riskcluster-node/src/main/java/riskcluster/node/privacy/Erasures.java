package riskcluster.node.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyReading;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.contracts.table.PersonalTable;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.erase.CustomerFiles;
import riskcluster.lakehouse.erase.CustomerVersions;
import riskcluster.lakehouse.erase.ErasureProof;
import riskcluster.lakehouse.erase.ErasureSearch;
import riskcluster.lakehouse.erase.Subject;
import riskcluster.lakehouse.ledger.ErasureTable;
import riskcluster.lakehouse.ledger.PlacedPolicies;
import riskcluster.lakehouse.ledger.StoredErasure;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.node.PseudonymKey;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.view.ErasureView;

/** The erasures of one lake. */
public final class Erasures {

    private final OpenLake lake;
    private final Transactions transactions;
    private final int version;
    private final Pseudonyms pseudonyms;

    /**
     * @throws IllegalStateException where pseudonyms were made with keys of several versions, of which the file holds
     *     one
     */
    public Erasures(OpenLake lake) {
        this.lake = lake;
        this.transactions = new Transactions(lake.database());
        this.version = version(lake);
        this.pseudonyms = PseudonymKey.read(lake.pseudonymKey(), version);
    }

    /** The customer, by his id and his pseudonym. */
    public Subject subject(String userId) {
        return new Subject(userId, List.of(pseudonyms.customer(version, userId)));
    }

    /** What an erasure would write anew. */
    public List<ErasureView.Touched> touched(String userId) {
        var named = subject(userId);
        var subject = named.withVersions(CustomerVersions.of(lake.catalog(), named));
        var touched = new ArrayList<ErasureView.Touched>();
        for (PersonalTable table : PersonalTable.ALL) {
            int files = CustomerFiles.count(lake.catalog(), table, subject);
            touched.add(new ErasureView.Touched(table.table().qualifiedName(), files));
        }
        return touched;
    }

    /**
     * Asks for the erasure; asking again while it is on its way changes nothing.
     *
     * @throws IllegalArgumentException where no program of this version has worked on the lake yet
     */
    public StoredErasure request(String userId) {
        if (!transactions.atOneMoment("look for the table of erasures", ErasureTable::exists)) {
            throw new IllegalArgumentException(
                    "only older programs have worked on this lake; start a node of this version first");
        }
        var wish = StoredErasure.wish(
                pseudonyms.erasureTag(version, userId), userId, List.of(pseudonyms.customer(version, userId)));
        transactions.run("ask for an erasure", connection -> {
            ErasureTable.request(connection, wish);
            return true;
        });
        return find(userId).orElseThrow();
    }

    /** The erasure of this customer, where there is one. */
    public Optional<StoredErasure> find(String userId) {
        String tag = pseudonyms.erasureTag(version, userId);
        return all().stream().filter(one -> one.tag().equals(tag)).findFirst();
    }

    /** Every erasure, the oldest first. */
    public List<StoredErasure> all() {
        return transactions.atOneMoment(
                "read erasures",
                connection -> ErasureTable.exists(connection) ? ErasureTable.all(connection) : List.of());
    }

    /** Searches every file of every table for the customer. */
    public ErasureProof prove(String userId) {
        boolean profile = transactions.atOneMoment(
                "look for a profile", connection -> ErasureTable.hasProfile(connection, userId));
        return new ErasureSearch(lake.catalog(), subject(userId)).search(Tables.ALL, profile);
    }

    private static int version(OpenLake lake) {
        var versions = new TreeSet<Integer>();
        PlacedPolicies.read(lake.database()).policies().values().forEach(stored -> {
            switch (Policy.of(stored)) {
                case PolicyReading.Ready(var policy) -> versions.add(policy.keyVersion());
                case PolicyReading.Refused refused -> throw new IllegalStateException(refused.message());
            }
        });
        if (versions.size() > 1) {
            throw new IllegalStateException("the policies name pseudonym keys of the versions " + versions
                    + ", the key file holds one: pseudonyms of the others could not be found");
        }
        return versions.isEmpty() ? 1 : versions.first();
    }
}
