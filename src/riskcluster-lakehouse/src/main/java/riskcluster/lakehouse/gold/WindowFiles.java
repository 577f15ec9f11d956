package riskcluster.lakehouse.gold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.column.ZstdPages;

/**
 * The files of one windowed table, and what a batch makes of them. New files are a function of the snapshot they replace
 * and of the batch: which files a snapshot has is remembered by its id only, and read where it is not known.
 */
final class WindowFiles {

    /** The snapshot that is current and those staged on it; older ones are never asked for. */
    private static final int SNAPSHOTS_REMEMBERED = 4;

    private final WindowedTable windows;
    private final RowFiles files;
    private final RowReader reader;
    private final RowCache cache;
    private final LinkedHashMap<Long, Map<Integer, List<Leaf>>> leavesOf = new LinkedHashMap<>();

    WindowFiles(WindowedTable windows, RowCache cache, ZstdPages compressor) {
        this.windows = windows;
        this.files = new RowFiles(windows, compressor);
        this.reader = new RowReader(windows);
        this.cache = cache;
    }

    /** An overwrite that is not committed yet, and what the table's files are after it. */
    record Rewrite(OverwriteFiles overwrite, Map<Integer, List<Leaf>> leaves) {}

    /**
     * Writes new files for the windows to which something is added.
     *
     * @param owner scope and epoch for the names of the files, {@code committer-e12}
     */
    Rewrite rewrite(String owner, StagedTable staged, BaseTable table, List<Gain> gains) {
        Snapshot base = staged.current().currentSnapshot();
        Map<Integer, List<Leaf>> leaves = new HashMap<>(leaves(base, table));
        OverwriteFiles overwrite = table.newOverwrite();
        if (base != null) {
            overwrite.validateFromSnapshot(base.snapshotId());
        }
        overwrite.validateNoConflictingData().validateNoConflictingDeletes();
        byDay(gains).forEach((day, added) -> {
            var next = new ArrayList<>(leaves.getOrDefault(day, List.of()));
            for (Span span : Span.touched(List.copyOf(next), added)) {
                List<GoldRow> rows = span.merge(windows, rows(staged.io(), span.leaves()));
                span.leaves().forEach(leaf -> overwrite.deleteFile(leaf.file()));
                span.leaves().forEach(leaf -> cache.drop(leaf.file().location()));
                next.removeAll(span.leaves());
                for (RowChunks.Chunk chunk : RowChunks.cut(rows)) {
                    DataFile file = write(owner, staged, day, chunk);
                    overwrite.addFile(file);
                    next.add(Leaf.of(file));
                }
            }
            leaves.put(day, List.copyOf(next));
        });
        return new Rewrite(overwrite, leaves);
    }

    /** These are the files of that snapshot. */
    void remember(long snapshot, Map<Integer, List<Leaf>> leaves) {
        leavesOf.put(snapshot, leaves);
        if (leavesOf.size() > SNAPSHOTS_REMEMBERED) {
            leavesOf.pollFirstEntry();
        }
    }

    void forget() {
        leavesOf.clear();
    }

    private Map<Integer, List<Leaf>> leaves(@Nullable Snapshot snapshot, Table table) {
        if (snapshot == null) {
            return Map.of();
        }
        return leavesOf.computeIfAbsent(snapshot.snapshotId(), id -> read(id, table));
    }

    /** The files of a snapshot by day. */
    static Map<Integer, List<Leaf>> read(long snapshot, Table table) {
        var leaves = new HashMap<Integer, List<Leaf>>();
        try (var tasks = StagedTable.scan(table, snapshot).includeColumnStats().planFiles()) {
            tasks.forEach(task -> {
                Leaf leaf = Leaf.of(task.file());
                leaves.computeIfAbsent(leaf.day(), day -> new ArrayList<>()).add(leaf);
            });
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list the files of " + table.name(), failure);
        }
        return leaves;
    }

    private List<GoldRow> rows(FileIO io, List<Leaf> leaves) {
        if (leaves.size() == 1) {
            return rows(io, leaves.getFirst());
        }
        var rows = new ArrayList<GoldRow>();
        leaves.forEach(leaf -> rows.addAll(rows(io, leaf)));
        rows.sort(Comparator.comparing(GoldRow::key));
        Span.check(rows);
        return rows;
    }

    /** Rows that are remembered are our own; those of a file may be another's, and in another order. */
    private List<GoldRow> rows(FileIO io, Leaf leaf) {
        return cache.of(leaf.file().location(), path -> {
            List<GoldRow> read = reader.read(io, path);
            read.sort(Comparator.comparing(GoldRow::key));
            Span.check(read);
            return read;
        });
    }

    private DataFile write(String owner, StagedTable staged, int day, RowChunks.Chunk chunk) {
        DataFile file = files.write(staged, owner, day, chunk.rows());
        cache.put(file.location(), List.copyOf(chunk.rows()), chunk.weight());
        return file;
    }

    /** Gains come in the order of their windows, so a day's are one stretch. */
    private static Map<Integer, List<Gain>> byDay(List<Gain> gains) {
        var byDay = new LinkedHashMap<Integer, List<Gain>>();
        int from = 0;
        for (int i = 1; i <= gains.size(); i++) {
            if (i == gains.size() || day(gains.get(i)) != day(gains.get(from))) {
                byDay.put(day(gains.get(from)), gains.subList(from, i));
                from = i;
            }
        }
        return byDay;
    }

    private static int day(Gain gain) {
        return Leaf.dayOf(gain.key().startMicros());
    }
}
