package riskcluster.node.privacy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.contracts.table.PersonalTable;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.erase.CustomerFiles;
import riskcluster.lakehouse.erase.CustomerVersions;
import riskcluster.lakehouse.erase.ErasureProof;
import riskcluster.lakehouse.erase.ErasureSearch;
import riskcluster.lakehouse.erase.Subject;
import riskcluster.lakehouse.ledger.ErasureTable;
import riskcluster.lakehouse.ledger.Rekeyed;
import riskcluster.lakehouse.ledger.StoredErasure;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.node.PseudonymKey;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.view.ErasureView;

/** The erasures of one lake. */
public final class Erasures {

    private final OpenLake lake;
    private final Transactions transactions;
    private final Pseudonyms pseudonyms;

    /** The newest version of the key that a policy names: every node has it. */
    private final int newest;

    /** @throws IllegalArgumentException where the key file lacks a version that a policy names */
    public Erasures(OpenLake lake) {
        this.lake = lake;
        this.transactions = new Transactions(lake.database());
        var versions = KeyVersions.of(lake.database());
        int rekeyed = Rekeyed.newest(lake.database());
        versions.removeIf(version -> version < rekeyed); // what they named has newer names since
        this.pseudonyms = PseudonymKey.read(lake.pseudonymKey(), versions);
        this.newest = versions.isEmpty() ? Collections.max(pseudonyms.versions()) : versions.last();
    }

    /** The customer, by his id and his pseudonyms. */
    public Subject subject(String userId) {
        return new Subject(userId, pseudonymsOf(userId));
    }

    private List<String> pseudonymsOf(String userId) {
        return pseudonyms.versions().stream()
                .sorted()
                .map(version -> pseudonyms.customer(version, userId))
                .toList();
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
        // who was erased before stays one, under the tag that he has
        String tag = find(userId).map(StoredErasure::tag).orElseGet(() -> pseudonyms.erasureTag(newest, userId));
        var wish = StoredErasure.wish(tag, userId, pseudonymsOf(userId));
        transactions.run("ask for an erasure", connection -> {
            ErasureTable.request(connection, wish);
            return true;
        });
        return find(userId).orElseThrow();
    }

    /** The erasure of this customer, where there is one. */
    public Optional<StoredErasure> find(String userId) {
        Set<String> tags = pseudonyms.versions().stream()
                .map(version -> pseudonyms.erasureTag(version, userId))
                .collect(Collectors.toSet());
        return all().stream().filter(one -> tags.contains(one.tag())).findFirst();
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
}
