package riskcluster.lakehouse.gold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.Numbers;
import riskcluster.lakehouse.column.Texts;
import riskcluster.lakehouse.column.ZstdPages;
import riskcluster.lakehouse.ledger.PolicyPlaces.Placed;

/** The one file of {@code gold.policy}. Places are only ever added, so as many rows are the same rows. */
final class PolicyFiles {

    private final GoldFiles files;
    private final Texts version;
    private final Texts topic;
    private final Numbers partition;
    private final Numbers firstOffset;
    private final Texts content;

    PolicyFiles(ZstdPages compressor) {
        files = new GoldFiles(Tables.GOLD_POLICY, compressor);
        Columns columns = files.columns();
        version = columns.texts("policy_version");
        topic = columns.texts("source_topic");
        partition = columns.numbers("source_partition");
        firstOffset = columns.numbers("first_offset");
        content = columns.texts("content");
        columns.complete();
    }

    /** Whether the table has as many rows as there are places. */
    static boolean isComplete(StagedTable staged, List<Placed> places) {
        Snapshot base = staged.current().currentSnapshot();
        String rows = base == null ? "0" : base.summary().get("total-records");
        return Integer.toString(places.size()).equals(rows);
    }

    /** An overwrite of the table by one file with these places. */
    OverwriteFiles rewrite(String owner, StagedTable staged, List<Placed> places, Function<String, String> contents) {
        files.columns().clear();
        places.forEach(placed -> add(placed, contents.apply(placed.version())));
        var table = new BaseTable(staged, Tables.GOLD_POLICY.qualifiedName(), report -> {});
        OverwriteFiles overwrite = table.newOverwrite();
        Snapshot base = staged.current().currentSnapshot();
        if (base != null) {
            overwrite.validateFromSnapshot(base.snapshotId());
            try (var tasks = StagedTable.scan(table, base.snapshotId()).planFiles()) {
                tasks.forEach(task -> overwrite.deleteFile(task.file()));
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot list the files of " + table.name(), failure);
            }
        }
        return overwrite
                .validateNoConflictingData()
                .validateNoConflictingDeletes()
                .addFile(files.write(staged, owner, files.everywhere()));
    }

    private void add(Placed placed, String text) {
        files.columns().beginRow();
        version.add(placed.version());
        topic.add(placed.source().topic());
        partition.add(placed.source().partition());
        firstOffset.add(placed.firstOffset());
        content.add(text);
        files.columns().endRow();
    }
}
