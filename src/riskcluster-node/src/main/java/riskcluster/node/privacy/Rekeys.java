package riskcluster.node.privacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.ledger.PlacedPolicies;
import riskcluster.lakehouse.ledger.RekeyTable;
import riskcluster.lakehouse.ledger.StoredRekey;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.rekey.OldNames;
import riskcluster.lakehouse.rekey.PseudonymKeys;
import riskcluster.lakehouse.rekey.RekeyedRows;
import riskcluster.node.PseudonymKey;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.view.ErasureView;

/** The rekeys of one lake. */
public final class Rekeys {

    private final OpenLake lake;
    private final Transactions transactions;

    public Rekeys(OpenLake lake) {
        this.lake = lake;
        this.transactions = new Transactions(lake.database());
    }

    /** The ring as maintenance uses it. */
    public static PseudonymKeys keys(Pseudonyms pseudonyms) {
        return new PseudonymKeys() {
            @Override
            public Set<Integer> versions() {
                return pseudonyms.versions();
            }

            @Override
            public String customer(int version, String userId) {
                return pseudonyms.customer(version, userId);
            }

            @Override
            public String device(int version, String deviceId) {
                return pseudonyms.device(version, deviceId);
            }
        };
    }

    /** The files that name customers by older keys. Windows that only count them are not among these. */
    public List<ErasureView.Touched> touched() {
        int version = newest();
        boolean star = lake.catalog().load(Tables.GOLD_DIM_CUSTOMER).currentSnapshot() != null;
        return Stream.of(
                        RekeyedRows.TABLES,
                        List.of(Tables.GOLD_USER_1H),
                        star ? List.of(Tables.GOLD_DIM_CUSTOMER) : List.<TableDefinition>of())
                .flatMap(List::stream)
                .map(table ->
                        new ErasureView.Touched(table.qualifiedName(), OldNames.count(lake.catalog(), table, version)))
                .toList();
    }

    /**
     * Asks for a rekey to the version that the policies in force name; while one is on its way nothing changes.
     *
     * @throws IllegalArgumentException where it cannot be, and why
     */
    public StoredRekey request() {
        var wish = StoredRekey.wish(newest(), places());
        if (!transactions.atOneMoment("look for the table of rekeys", RekeyTable::exists)) {
            throw new IllegalArgumentException(
                    "only older programs have worked on this lake; start a node of this version first");
        }
        return transactions.run("ask for a rekey", connection -> {
            var open = RekeyTable.open(connection);
            if (open.isPresent()) {
                return open.get();
            }
            RekeyTable.request(connection, wish);
            return wish;
        });
    }

    /** Every rekey, the oldest first. */
    public List<StoredRekey> all() {
        return transactions.atOneMoment("read rekeys", RekeyTable::all);
    }

    /** The version that every partition names now; the key file has it, and those that were named before. */
    private int newest() {
        var placed = PlacedPolicies.read(lake.database());
        var versions = KeyVersions.byPolicy(placed);
        PseudonymKey.read(lake.pseudonymKey(), new TreeSet<>(versions.values()));
        int newest =
                versions.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        placed.switches().forEach((source, switches) -> {
            int now = versions.getOrDefault(switches.getLast().version(), 0);
            if (now != newest) {
                throw new IllegalArgumentException(source + " makes pseudonyms of version " + now
                        + " still; start the nodes with rules that name version " + newest + " first");
            }
        });
        if (versions.values().stream().allMatch(version -> version == newest)) {
            throw new IllegalArgumentException(
                    "every policy names version " + newest + " of the key: there is nothing to rekey");
        }
        return newest;
    }

    /** Where each partition that had an older version began with the newest. */
    private Map<LogPartition, Long> places() {
        var placed = PlacedPolicies.read(lake.database());
        var versions = KeyVersions.byPolicy(placed);
        int newest = newest();
        var places = new HashMap<LogPartition, Long>();
        placed.switches().forEach((source, switches) -> {
            long from = 0;
            for (PolicySwitch one : new ArrayList<>(switches).reversed()) {
                if (versions.getOrDefault(one.version(), 0) != newest) {
                    places.put(source, from);
                    break;
                }
                from = one.offset();
            }
        });
        return places;
    }
}
