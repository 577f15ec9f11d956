package riskcluster.lakehouse.commit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.gold.GoldLayer;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.SealedCheckpoint;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;

/**
 * One batch, staged under one epoch: everything is written, and whether it counts is for the transaction to say.
 *
 * @param offsets how far the lake reaches with this batch
 * @param changes every table, changed or not, in the order in which their pointers move
 * @param garbage files of earlier attempts that are proven to have failed
 * @param amendment whose batch it is; null for one of checkpoints
 */
public record BatchAttempt(
        Ownership owner,
        long id,
        List<SealedCheckpoint> checkpoints,
        Offsets offsets,
        List<TableChange> changes,
        List<String> garbage,
        Duration staging,
        @Nullable Amendment amendment) {

    /** A batch of checkpoints. */
    public BatchAttempt(
            Ownership owner,
            long id,
            List<SealedCheckpoint> checkpoints,
            Offsets offsets,
            List<TableChange> changes,
            List<String> garbage,
            Duration staging) {
        this(owner, id, checkpoints, offsets, changes, garbage, staging, null);
    }

    /** What each partition moves to. */
    static Map<LogPartition, Long> advanced(List<SealedCheckpoint> checkpoints) {
        var advanced = new HashMap<LogPartition, Long>();
        checkpoints.forEach(one -> advanced.merge(one.source(), one.to(), Math::max));
        return advanced;
    }

    /** The files that the checkpoints name for this table. */
    public static List<StagedFile> files(List<SealedCheckpoint> checkpoints, TableDefinition table) {
        return checkpoints.stream()
                .flatMap(one -> one.files().stream())
                .filter(file -> file.table().equals(table.qualifiedName()))
                .toList();
    }

    /** Input records that the batch adds. */
    public long records() {
        return checkpoints.stream().mapToLong(SealedCheckpoint::records).sum();
    }

    /** Every table at this batch, by its qualified name. */
    public Map<String, TableVersion> versions() {
        var versions = new TreeMap<String, TableVersion>();
        changes.forEach(change -> versions.put(change.table().qualifiedName(), change.version()));
        return versions;
    }

    /** Everything this attempt wrote, and the earlier garbage. Files that checkpoints name are not among it. */
    List<String> allWritten() {
        return Stream.concat(garbage.stream(), changes.stream().flatMap(change -> change.written().stream()))
                .toList();
    }

    BatchSummary summary(StoredBatch stored, Duration transaction) {
        var rows = new TreeMap<String, Long>();
        var files = new TreeMap<String, Integer>();
        checkpoints.stream().flatMap(one -> one.files().stream()).forEach(file -> {
            rows.merge(file.table(), file.rows(), Long::sum);
            files.merge(file.table(), 1, Integer::sum);
        });
        var oldest = checkpoints.stream()
                .map(SealedCheckpoint::sealedAt)
                .min(Instant::compareTo)
                .orElse(stored.committedAt()); // an amendment has none
        return new BatchSummary(
                id,
                stored.committedAt(),
                records(),
                checkpoints.size(),
                rows,
                files,
                advanced(checkpoints),
                oldest,
                staging,
                transaction,
                checkpoints.stream().mapToLong(GoldLayer::leftOut).sum(),
                growth());
    }

    private Map<String, TableGrowth> growth() {
        return changes.stream()
                .filter(TableChange::isChange)
                .collect(Collectors.toMap(change -> change.table().qualifiedName(), TableChange::growth));
    }
}
