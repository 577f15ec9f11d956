package riskcluster.lakehouse.maintain;

import java.util.List;
import java.util.Optional;
import org.apache.iceberg.SortOrder;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;

/** Something that is due. */
sealed interface Work {

    /** For so long late records correct windows, and each correction writes a day's files anew. */
    int CORRECTED_DAYS = 8;

    /** Which table it is about. */
    TableDefinition table();

    record Compact(TableFiles files, Compaction compaction, SortOrder order) implements Work {
        @Override
        public TableDefinition table() {
            return files.table();
        }
    }

    record MergeManifests(TableFiles files) implements Work {
        @Override
        public TableDefinition table() {
            return files.table();
        }
    }

    record DropSnapshots(TableDefinition table, KeptBatches kept) implements Work {}

    /** The most urgent of what these tables need; what is cheap and keeps commits fast comes first. Pure. */
    static Optional<Work> choose(List<TableFiles> tables, KeptBatches kept, Thresholds thresholds) {
        return tables.stream()
                .flatMap(table -> expiry(table, kept, thresholds).stream())
                .findFirst()
                .or(() -> tables.stream()
                        .flatMap(table -> manifests(table, thresholds).stream())
                        .findFirst())
                .or(() -> compaction(tables, thresholds));
    }

    private static Optional<Work> expiry(TableFiles table, KeptBatches kept, Thresholds thresholds) {
        int more = table.metadata().snapshots().size() - kept.all().size();
        return more >= Math.max(1, thresholds.batchSlack())
                ? Optional.of(new DropSnapshots(table.table(), kept))
                : Optional.empty();
    }

    /** Files of months far apart lie in manifests of their own, and those are not too many. */
    private static Optional<Work> manifests(TableFiles table, Thresholds thresholds) {
        long needed = table.files().stream()
                .map(ManifestRewrite::neighbours)
                .distinct()
                .count();
        return table.manifests().size() - needed >= thresholds.manifests()
                ? Optional.of(new MergeManifests(table))
                : Optional.empty();
    }

    /** A closed day waits for all small files; among the others the one with most files comes first. */
    private static Optional<Work> compaction(List<TableFiles> tables, Thresholds thresholds) {
        Optional<Compact> best = Optional.empty();
        for (TableFiles table : tables) {
            var found = compaction(table, thresholds);
            if (found.isPresent() && (best.isEmpty() || isBefore(found.get(), best.get()))) {
                best = found;
            }
        }
        return best.map(compact -> compact);
    }

    private static boolean isBefore(Compact one, Compact other) {
        if (one.compaction().sorts() != other.compaction().sorts()) {
            return other.compaction().sorts();
        }
        return one.compaction().files().size() > other.compaction().files().size();
    }

    private static Optional<Compact> compaction(TableFiles table, Thresholds thresholds) {
        var metadata = table.metadata();
        var order = TableOrder.of(table.table().qualifiedName(), metadata);
        var choice = new CompactionChoice(
                thresholds,
                metadata.spec(),
                metadata.lastSequenceNumber(),
                order.map(SortOrder::orderId).orElse(CompactionChoice.NO_ORDER),
                Tables.CORRECTED.contains(table.table()) ? CORRECTED_DAYS : 0);
        return choice.among(table.files())
                .map(compaction -> new Compact(table, compaction, order.orElse(SortOrder.unsorted())));
    }
}
