package riskcluster.lakehouse.maintain;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.commit.Amendment;
import riskcluster.lakehouse.correct.CorrectionFile;
import riskcluster.lakehouse.correct.FileCorrection;
import riskcluster.lakehouse.correct.FileCorrection.Corrected;
import riskcluster.lakehouse.gold.BandMove;
import riskcluster.lakehouse.gold.GoldLayer;
import riskcluster.lakehouse.ledger.CorrectionTable;
import riskcluster.lakehouse.ledger.StoredCorrection;

/**
 * A correction on its way into the tables: files of silver, features and facts in the place of others, and gold's windows by
 * the bands that are others. Customers' versions stay: they say what was known then. Files that came after the preparation
 * are looked at here, at the committer.
 */
final class PublishedRange implements Amendment {

    static final String KIND = "correction";

    /** Of one table: what was looked at beforehand, by paths. Files never change. */
    record Prepared(FileCorrection files, Set<String> untouched, Map<String, Corrected> written) {
        Prepared {
            untouched = Set.copyOf(untouched);
            written = Map.copyOf(written);
        }
    }

    private final Preparation preparation;
    private final StoredCorrection correction;
    private final Map<TableDefinition, Prepared> prepared;

    private final List<BandMove> moves = new ArrayList<>();
    private long changed;

    PublishedRange(Preparation preparation, StoredCorrection correction, Map<TableDefinition, Prepared> prepared) {
        this.preparation = preparation;
        this.correction = correction;
        this.prepared = Map.copyOf(prepared);
    }

    @Override
    public UUID id() {
        return preparation.id();
    }

    @Override
    public Ownership owner() {
        return preparation.owner();
    }

    @Override
    public TableDefinition table() {
        return preparation.table();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void reached(Step step) {
        preparation.reached(step);
    }

    /** The files that were written before the commit; they are nobody's where it does not happen. */
    List<String> written() {
        return prepared.values().stream()
                .flatMap(table -> table.written().values().stream())
                .map(one -> one.file().location())
                .toList();
    }

    @Override
    public boolean amend(
            TableDefinition table, StagedTable staged, GoldLayer gold, String scope, GoldLayer.Marked marked) {
        if (table.equals(Tables.GOLD_CORRECTION)) {
            return tell(staged, scope, marked);
        }
        Prepared known = prepared.get(table);
        return known == null ? gold.move(table, scope, staged, moves, marked) : replace(table, known, staged, marked);
    }

    private boolean tell(StagedTable staged, String scope, GoldLayer.Marked marked) {
        var table = new BaseTable(staged, Tables.GOLD_CORRECTION.qualifiedName(), report -> {});
        marked.commit(table.newAppend().appendFile(CorrectionFile.write(staged, scope, correction)));
        return true;
    }

    private boolean replace(TableDefinition table, Prepared known, StagedTable staged, GoldLayer.Marked marked) {
        Snapshot base = staged.current().currentSnapshot();
        if (base == null) {
            return false; // a lake without gold has no features, one without the star no facts
        }
        var instead = instead(known, staged);
        if (table.equals(Tables.SILVER_TRANSACTIONS)) {
            moves.clear();
            instead.values().forEach(one -> moves.addAll(one.moves()));
            changed = instead.values().stream().mapToLong(Corrected::changed).sum();
        }
        if (instead.isEmpty()) {
            return false;
        }
        OverwriteFiles overwrite = new BaseTable(staged, table.qualifiedName(), report -> {}).newOverwrite();
        overwrite.validateFromSnapshot(base.snapshotId());
        overwrite.validateNoConflictingData().validateNoConflictingDeletes();
        instead.forEach((file, corrected) -> {
            overwrite.deleteFile(file);
            overwrite.addFile(corrected.file());
        });
        overwrite.set("rc.correction", Long.toString(correction.number()));
        marked.commit(overwrite);
        return true;
    }

    private static Map<DataFile, Corrected> instead(Prepared known, StagedTable staged) {
        var instead = new LinkedHashMap<DataFile, Corrected>();
        var seen = new HashSet<String>();
        for (DataFile file : known.files().candidates(staged.current(), staged.io())) {
            if (known.untouched().contains(file.location()) || !seen.add(file.location())) {
                continue;
            }
            Corrected written = known.written().get(file.location());
            Optional<Corrected> corrected =
                    written != null ? Optional.of(written) : known.files().correct(staged.current(), staged.io(), file);
            corrected.ifPresent(one -> instead.put(file, one));
        }
        return instead;
    }

    @Override
    public boolean note(Connection connection, long batch) throws SQLException {
        return CorrectionTable.publish(connection, correction.id(), batch, changed);
    }
}
