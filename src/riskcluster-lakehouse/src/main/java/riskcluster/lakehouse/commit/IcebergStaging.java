package riskcluster.lakehouse.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.iceberg.TableMetadata;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.gold.GoldLayer;
import riskcluster.lakehouse.ledger.ClockCheck;
import riskcluster.lakehouse.ledger.FieldTable;
import riskcluster.lakehouse.ledger.PolicyPlaces;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.quality.QualityGate;
import riskcluster.lakehouse.quality.QualityResult;
import software.amazon.awssdk.core.exception.SdkException;

/** Stages batches as Iceberg metadata in the warehouse. */
final class IcebergStaging implements BatchStaging {

    /** Snapshots remember the manifests they have read; metadata read anew has forgotten them. */
    private static final int BATCHES_PER_RELOAD = 64;

    private final LakeCatalog catalog;
    private final DeferredDeletions deletions;
    private final GoldLayer gold;
    private final QualityGate quality;
    private final Transactions transactions;
    private final ClockCheck clock = new ClockCheck(Clock.systemUTC());

    /** The tables as they were last committed; copies that the transaction checks. */
    private final Map<TableDefinition, TableMetadata> tables = new HashMap<>();

    /** What is staged and not yet known to be committed, by its metadata file. */
    private final Map<String, TableMetadata> staged = new HashMap<>();

    /** Staging that holds batches to no rules of quality. */
    IcebergStaging(DataSource database, LakeCatalog catalog) {
        this(database, catalog, QualityGate.open(database));
    }

    IcebergStaging(DataSource database, LakeCatalog catalog, QualityGate quality) {
        this.catalog = catalog;
        this.gold = new GoldLayer(new PolicyPlaces(database));
        this.quality = quality;
        this.transactions = new Transactions(database);
        this.deletions = new DeferredDeletions(database, catalog.warehouse().io());
    }

    @Override
    public List<TableChange> stage(Plan plan, Map<TableDefinition, TableChange> done) {
        staged.keySet().retainAll(done.values().stream().map(TableChange::to).toList());
        List<QualityResult> found = quality.check(plan.id(), plan.checkpoints(), plan.sealedAt());
        var stager = new TableStager(
                catalog.warehouse().io(),
                plan,
                transactions.atOneMoment("find fields", connection -> {
                    clock.demand(connection);
                    return FieldTable.all(connection);
                }),
                found.stream().anyMatch(QualityResult::isError));
        GoldLayer.Gains gains = gold.gains(plan.checkpoints(), plan.offsets());
        var changes = new ArrayList<TableChange>();
        for (TableDefinition table : Tables.ALL) {
            TableChange before = done.get(table);
            changes.add(before != null ? before : stage(stager, table, plan, gains, found));
        }
        return changes;
    }

    @Override
    public List<TableChange> amend(Plan plan, Amendment amendment) {
        staged.clear();
        transactions.run("look at the clock", connection -> {
            clock.demand(connection);
            return true;
        });
        var stager = new TableStager(catalog.warehouse().io(), plan, List.of(), false);
        var changes = new ArrayList<TableChange>();
        for (TableDefinition table : Tables.ALL) {
            TableStager.Staged step = stager.stageAmendment(table, metadata(table), gold, amendment);
            staged.put(step.change().to(), step.next());
            changes.add(step.change());
        }
        return changes;
    }

    private TableChange stage(
            TableStager stager, TableDefinition table, Plan plan, GoldLayer.Gains gains, List<QualityResult> found) {
        TableStager.Staged step;
        if (gold.makes(table)) {
            step = stager.stageGold(table, metadata(table), gold, gains);
        } else if (table.equals(Tables.GOLD_DATA_QUALITY)) {
            step = stager.stageQuality(metadata(table), found, plan.sealedAt());
        } else {
            step = stager.stage(table, metadata(table), BatchAttempt.files(plan.checkpoints(), table));
        }
        staged.put(step.change().to(), step.next());
        return step.change();
    }

    /** The table as it was last known. */
    TableMetadata metadata(TableDefinition table) {
        return tables.computeIfAbsent(table, catalog::load);
    }

    @Override
    public void reload(TableDefinition table) {
        tables.put(table, catalog.load(table));
    }

    /** The table has moved on without a batch. */
    void replaced(TableDefinition table, TableMetadata next) {
        tables.put(table, next);
    }

    @Override
    public void landed(long batch, List<TableChange> changes) {
        quality.landed(batch);
        for (TableChange change : changes) {
            TableMetadata next = staged.remove(change.to());
            if (next != null) {
                tables.put(change.table(), next);
            }
        }
        if (batch % BATCHES_PER_RELOAD == 0) {
            tables.replaceAll((table, metadata) -> catalog.read(metadata.metadataFileLocation()));
        }
    }

    @Override
    public void forget() {
        tables.clear();
        staged.clear();
        gold.forget();
    }

    @Override
    public void deleteDue() {
        try {
            deletions.deleteDue();
        } catch (SdkException failure) {
            throw new UncheckedIOException(new IOException("the store does not delete", failure));
        }
    }
}
