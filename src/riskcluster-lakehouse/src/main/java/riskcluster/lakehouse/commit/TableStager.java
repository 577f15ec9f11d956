package riskcluster.lakehouse.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.catalog.TableEvolution;
import riskcluster.lakehouse.gold.GoldLayer;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;
import riskcluster.lakehouse.quality.QualityFile;
import riskcluster.lakehouse.quality.QualityResult;
import riskcluster.lakehouse.quality.QualityTag;

/** Writes a table's next metadata with a batch's files in it. */
final class TableStager {

    /**
     * A fast append adds a manifest with every batch and the manifest list is written anew each time; at this many an
     * append merges them instead.
     */
    private static final int MANIFESTS_MAX = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileIO store;
    private final Ownership owner;
    private final long batch;
    private final Offsets offsets;
    private final List<ExtraField> fields;
    private final boolean marks;

    /**
     * Stages tables for one batch.
     *
     * @param fields that files may have columns of, so that their tables get these with the files
     * @param marks whether the batch breaks a rule of quality, so that a tag names what each table is after it
     */
    TableStager(FileIO store, BatchStaging.Plan plan, List<ExtraField> fields, boolean marks) {
        this.store = store;
        this.owner = plan.owner();
        this.batch = plan.id();
        this.offsets = plan.offsets();
        this.fields = fields;
        this.marks = marks;
    }

    /** A table's step and the metadata that it wrote. */
    record Staged(TableChange change, TableMetadata next) {}

    /** Applies an update to a staged table; false where there is nothing to do. */
    private interface Update {
        boolean apply(StagedTable staged);
    }

    /** The table's step; none where there are no files for it. */
    Staged stage(TableDefinition table, TableMetadata base, List<StagedFile> files) {
        return stage(table, base, staged -> {
            if (!files.isEmpty()) {
                TableEvolution.addMissing(table, staged, fields);
                Map<Integer, PartitionSpec> specs = staged.current().specsById();
                append(table, staged, append -> files.forEach(file -> append.appendFile(dataFile(file, specs))));
            }
            return !files.isEmpty();
        });
    }

    /** The step of a table of gold; none where the batch adds nothing to it. */
    Staged stageGold(TableDefinition table, TableMetadata base, GoldLayer gold, GoldLayer.Gains gains) {
        return stage(
                table,
                base,
                staged -> gold.apply(table, scope(), staged, gains, overwrite -> {
                    mark(overwrite);
                    staged.apply(overwrite);
                }));
    }

    /** The step that an amendment takes; none where it leaves the table as it is. */
    Staged stageAmendment(TableDefinition table, TableMetadata base, GoldLayer gold, Amendment amendment) {
        return stage(
                table,
                base,
                staged -> amendment.amend(table, staged, gold, scope(), update -> {
                    mark(update);
                    staged.apply(update);
                }));
    }

    /** The step of the table of what was found; none where nothing was looked for. */
    Staged stageQuality(TableMetadata base, List<QualityResult> found, Instant checkedAt) {
        return stage(Tables.GOLD_DATA_QUALITY, base, staged -> {
            if (!found.isEmpty()) {
                append(
                        Tables.GOLD_DATA_QUALITY,
                        staged,
                        append -> append.appendFile(
                                QualityFile.write(staged.io(), base.location(), scope(), batch, checkedAt, found)));
            }
            return !found.isEmpty();
        });
    }

    private Staged stage(TableDefinition table, TableMetadata base, Update update) {
        var io = new WrittenFiles(store);
        var staged = new StagedTable(io, scope(), base);
        if (!update.apply(staged)) {
            return new Staged(TableChange.none(table, version(base)), base);
        }
        if (marks) {
            QualityTag.put(staged, batch);
        }
        TableMetadata next = staged.write();
        var change = new TableChange(
                table,
                base.metadataFileLocation(),
                version(next),
                io.begun(),
                io.unneeded(),
                droppedMetadata(base, next),
                TableGrowth.of(next.currentSnapshot()));
        return new Staged(change, next);
    }

    /** The beginning of every file's name: the sweep goes by it. */
    private String scope() {
        return owner.scope() + "-e" + owner.epoch();
    }

    static TableVersion version(TableMetadata metadata) {
        var snapshot = metadata.currentSnapshot();
        return new TableVersion(snapshot == null ? null : snapshot.snapshotId(), metadata.metadataFileLocation());
    }

    static List<String> droppedMetadata(TableMetadata base, TableMetadata next) {
        Set<String> kept = next.previousFiles().stream()
                .map(TableMetadata.MetadataLogEntry::file)
                .collect(Collectors.toSet());
        return base.previousFiles().stream()
                .map(TableMetadata.MetadataLogEntry::file)
                .filter(file -> !kept.contains(file))
                .toList();
    }

    private void append(TableDefinition table, StagedTable staged, Consumer<AppendFiles> files) {
        var iceberg = new BaseTable(staged, table.qualifiedName(), report -> {});
        AppendFiles append = manifests(staged) < MANIFESTS_MAX ? iceberg.newFastAppend() : iceberg.newAppend();
        files.accept(append);
        mark(append);
        staged.apply(append);
    }

    private void mark(SnapshotUpdate<?> update) {
        update.set("rc.batch-id", Long.toString(batch));
        update.set("rc.offsets", offsets.toJson());
        update.set("rc.epoch", Long.toString(owner.epoch()));
    }

    private static int manifests(StagedTable staged) {
        Snapshot snapshot = staged.current().currentSnapshot();
        return snapshot == null ? 0 : snapshot.allManifests(staged.io()).size();
    }

    private static DataFile dataFile(StagedFile file, Map<Integer, PartitionSpec> specs) {
        try {
            return (DataFile) ContentFileParser.fromJson(JSON.readTree(file.dataFile()), specs);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("the manifest entry of " + file.path() + " cannot be read", failure);
        }
    }
}
