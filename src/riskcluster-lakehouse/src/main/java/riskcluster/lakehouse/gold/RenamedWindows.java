package riskcluster.lakehouse.gold;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.column.ZstdPages;

/**
 * A windowed table with other names for customers and devices: rows of a customer under his new one, and where he has two by
 * then, one row of both; ids that are counted exactly under the new ones too. Of a sketch nothing can be renamed.
 */
public final class RenamedWindows {

    /** So many rows are written at one go; the committer waits that long. */
    private static final int ROWS_MAX = 50_000;

    private final WindowedTable table;
    private final RowReader reader;
    private final UnaryOperator<String> texts;
    private final LongUnaryOperator hashes;

    /**
     * @param texts gives a pseudonym's new one, or itself
     * @param hashes gives the {@link #hash} of a pseudonym's new one, or itself
     */
    public RenamedWindows(TableDefinition definition, UnaryOperator<String> texts, LongUnaryOperator hashes) {
        this.table = WindowedTable.of(definition).orElseThrow();
        this.reader = new RowReader(table);
        this.texts = texts;
        this.hashes = hashes;
    }

    /** By what gold tells a pseudonym apart where it counts different ones. */
    public static long hash(String pseudonym) {
        return IdHash.of(pseudonym);
    }

    /** Whether a file has a row that would be another one. */
    public boolean concerns(FileIO io, String path) {
        return reader.read(io, path).stream().anyMatch(this::isConcerned);
    }

    private boolean isConcerned(GoldRow row) {
        return table == WindowedTable.USER_1H && !row.key().equals(key(row.key()))
                || row.users().isRenamedBy(hashes)
                || row.devices().isRenamedBy(hashes);
    }

    /**
     * Writes the first of those windows anew whose files are not known to be clean.
     *
     * @param owner scope and epoch for the names of files, {@code maintenance-e3}
     * @return empty where no row would be another one
     */
    public Optional<OverwriteFiles> rewrite(StagedTable staged, String owner, Set<String> clean) {
        Snapshot base = staged.current().currentSnapshot();
        if (base == null) {
            return Optional.empty();
        }
        var iceberg = new BaseTable(staged, table.definition().qualifiedName(), report -> {});
        OverwriteFiles overwrite = iceberg.newOverwrite().validateFromSnapshot(base.snapshotId());
        overwrite.validateNoConflictingData().validateNoConflictingDeletes();
        int written = 0;
        try (var zstd = new ZstdPages()) {
            var files = new RowFiles(table, zstd);
            for (var day : WindowFiles.read(base.snapshotId(), iceberg).entrySet()) {
                for (Span span : Span.of(day.getValue())) {
                    if (written < ROWS_MAX && !isClean(span, clean)) {
                        written += rewrite(staged, owner, day.getKey(), span, files, overwrite);
                    }
                }
            }
        }
        return written == 0 ? Optional.empty() : Optional.of(overwrite);
    }

    private static boolean isClean(Span span, Set<String> clean) {
        return span.leaves().stream()
                .allMatch(leaf -> clean.contains(leaf.file().location()));
    }

    private int rewrite(
            StagedTable staged, String owner, int day, Span span, RowFiles files, OverwriteFiles overwrite) {
        var rows = new ArrayList<GoldRow>();
        span.leaves()
                .forEach(
                        leaf -> rows.addAll(reader.read(staged.io(), leaf.file().location())));
        if (rows.stream().noneMatch(this::isConcerned)) {
            return 0;
        }
        span.leaves().forEach(leaf -> overwrite.deleteFile(leaf.file()));
        for (RowChunks.Chunk chunk : RowChunks.cut(renamed(rows))) {
            DataFile file = files.write(staged, owner, day, chunk.rows());
            overwrite.addFile(file);
        }
        return rows.size();
    }

    private List<GoldRow> renamed(List<GoldRow> rows) {
        var byKey = new TreeMap<RowKey, GoldRow>();
        for (GoldRow row : rows) {
            var next = new GoldRow(
                    key(row.key()),
                    row.sums(),
                    row.users().renamed(hashes),
                    row.devices().renamed(hashes),
                    row.merchants(),
                    row.paymentMethods());
            byKey.merge(next.key(), next, GoldRow::and);
        }
        return List.copyOf(byKey.values());
    }

    private RowKey key(RowKey key) {
        String text = key.text();
        return table == WindowedTable.USER_1H && text != null
                ? new RowKey(key.startMicros(), texts.apply(text), key.currency())
                : key;
    }
}
