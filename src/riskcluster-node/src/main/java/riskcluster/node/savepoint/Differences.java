package riskcluster.node.savepoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyReading;
import riskcluster.contracts.decision.Band;
import riskcluster.lakehouse.ledger.PlacedPolicies;
import riskcluster.lakehouse.ledger.RestoreTable;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.read.BatchSql;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.RowReceiver;
import riskcluster.lakehouse.read.SqlAnswer;
import riskcluster.lakehouse.read.SqlColumn;
import riskcluster.node.NodeConfig;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.view.DifferencesView;
import riskcluster.node.view.DifferencesView.Difference;

/**
 * What the alerts that were sent before a restore say otherwise than the decisions since. Alerts are never taken back
 * and never sent again, so somebody must be able to see which of them no longer hold.
 */
public final class Differences {

    private static final int SHOWN_MAX = 1_000;
    private static final String NONE = "none";

    private final OpenLake lake;
    private final NodeConfig config;
    private final Map<String, Policy> policies = new HashMap<>();

    public Differences(OpenLake lake, NodeConfig config) {
        this.lake = lake;
        this.config = config;
    }

    /** Since the last restore; empty where there was none. */
    public Optional<DifferencesView> sinceLast() {
        var transactions = new Transactions(lake.database());
        var last = transactions.atOneMoment("find the last restore", RestoreTable::last);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        var places = transactions.atOneMoment(
                "read the last restore",
                connection -> RestoreTable.places(connection, last.get().id()));
        readPolicies();
        var batch = PinnedBatch.newest(lake.database(), lake.catalog());
        var reached = batch.offsets().byPartition();
        var all = new ArrayList<Difference>();
        boolean complete = true;
        try (var sql = new BatchSql(batch)) {
            for (var place : places) {
                long committed = reached.getOrDefault(place.source(), 0L);
                complete &= committed >= place.alertCursor();
                all.addAll(of(sql, place, Math.min(committed, place.alertCursor())));
            }
        }
        return Optional.of(new DifferencesView(
                last.get().savepoint(),
                last.get().restoredAt().toString(),
                complete,
                all.size(),
                all.subList(0, Math.min(SHOWN_MAX, all.size()))));
    }

    private List<Difference> of(BatchSql sql, RestoreTable.Place place, long to) {
        NavigableMap<Long, String> sent = SentAlerts.of(config, place.source(), place.data(), to);
        NavigableMap<Long, String> now = decided(sql, place, to);
        var offsets = new TreeSet<>(sent.keySet());
        offsets.addAll(now.keySet());
        var found = new ArrayList<Difference>();
        for (long offset : offsets) {
            var told = sent.getOrDefault(offset, NONE);
            var decided = now.getOrDefault(offset, NONE);
            if (!told.equals(decided)) {
                found.add(new Difference(place.source() + "/" + offset, told, decided));
            }
        }
        return found;
    }

    /** Decisions that are alerts by the policy that made them. */
    private NavigableMap<Long, String> decided(BatchSql sql, RestoreTable.Place place, long to) {
        var alerts = new TreeMap<Long, String>();
        var answer = sql.query(
                "SELECT source_offset, band, points, policy_version FROM silver.transactions WHERE source_topic = '"
                        + place.source().topic().replace("'", "''") + "' AND source_partition = "
                        + place.source().partition() + " AND source_offset >= " + place.data()
                        + " AND source_offset < " + to,
                new RowReceiver() {
                    @Override
                    public void columns(List<SqlColumn> columns) {}

                    @Override
                    public void row(List<@Nullable Object> values) {
                        var band = text(values.get(1));
                        var policy = Objects.requireNonNull(policies.get(text(values.get(3))));
                        if (policy.alerts(Band.valueOf(band))) {
                            alerts.put(
                                    ((Number) Objects.requireNonNull(values.get(0))).longValue(),
                                    text(band, ((Number) Objects.requireNonNull(values.get(2))).intValue()));
                        }
                    }
                });
        if (answer instanceof SqlAnswer.Refused(var why)) {
            throw new IllegalStateException("silver cannot be asked: " + why);
        }
        return alerts;
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    /** As it is compared and shown. */
    static String text(String band, int points) {
        return band + " " + points;
    }

    private void readPolicies() {
        PlacedPolicies.read(lake.database()).policies().forEach((version, stored) -> {
            switch (Policy.of(stored)) {
                case PolicyReading.Ready(var policy) -> policies.put(version, policy);
                case PolicyReading.Refused refused -> throw new IllegalStateException(refused.message());
            }
        });
    }
}
