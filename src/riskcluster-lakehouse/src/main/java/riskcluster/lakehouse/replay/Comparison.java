package riskcluster.lakehouse.replay;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.read.PinnedBatch;

/**
 * Reads bronze, lets every record be decided again, and holds the outcome against bronze and silver, row by row and
 * column by column.
 *
 * <p>A log is read from its beginning, because a profile may depend on any earlier record; only records of the range are
 * compared. All partitions go forward together, part by part of their offsets: so a data file that holds rows of many
 * partitions, as compaction makes them, is read once or twice and not once for each partition.
 */
public final class Comparison {

    /** Records of one pass: with its decision each takes about two kilobytes. */
    static final long PASS_RECORDS_MAX = 120_000;

    /** Bytes of bronze files of one pass, compressed about one to five. */
    static final long PASS_BYTES_MAX = 48L << 20;

    static final int DIFFERENCES_KEPT_MAX = 20;

    /** Hears how far it has come. */
    @FunctionalInterface
    public interface Watcher {
        void at(long records, long ofAll);
    }

    private Comparison() {}

    /**
     * Compares.
     *
     * @param range what is compared; the batch must reach so far
     * @param deciders one for each partition of the range, which has seen nothing yet
     * @param threads how many work at the same time
     */
    public static Compared run(
            PinnedBatch batch, OffsetRanges range, Map<LogPartition, Decider> deciders, int threads, Watcher watcher) {
        return run(batch, range, deciders, threads, PASS_RECORDS_MAX, watcher);
    }

    /**
     * The same.
     *
     * @param each hears every difference, of several threads
     */
    public static Compared run(
            PinnedBatch batch,
            OffsetRanges range,
            Map<LogPartition, Decider> deciders,
            int threads,
            Watcher watcher,
            Consumer<Difference> each) {
        var findings = new Findings(DIFFERENCES_KEPT_MAX, each);
        return run(batch, range, deciders, threads, PASS_RECORDS_MAX, watcher, findings);
    }

    static Compared run(
            PinnedBatch batch,
            OffsetRanges range,
            Map<LogPartition, Decider> deciders,
            int threads,
            long passRecordsMax,
            Watcher watcher) {
        var findings = new Findings(DIFFERENCES_KEPT_MAX, difference -> {});
        return run(batch, range, deciders, threads, passRecordsMax, watcher, findings);
    }

    private static Compared run(
            PinnedBatch batch,
            OffsetRanges range,
            Map<LogPartition, Decider> deciders,
            int threads,
            long passRecordsMax,
            Watcher watcher,
            Findings findings) {
        var log = range.fromBeginning();
        var bronze = files(batch, log);
        var silver = BoundedFile.all(batch.table(Tables.SILVER_TRANSACTIONS), BoundedFile.Coordinates.SILVER);
        long records =
                bronze.stream().mapToLong(one -> one.file().recordCount()).sum();
        long bytes =
                bronze.stream().mapToLong(one -> one.file().fileSizeInBytes()).sum();
        int passes =
                Math.toIntExact(Math.max(1, Math.max(parts(records, passRecordsMax), parts(bytes, PASS_BYTES_MAX))));
        var tally = new Tally();
        try (var workers = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < passes; i++) {
                new Pass(log.part(i, passes), range, deciders, new Workers(workers), findings, tally)
                        .run(bronze, silver);
                watcher.at(tally.all(), records);
            }
        }
        return tally.compared(batch.id(), findings, passes);
    }

    private static List<BoundedFile> files(PinnedBatch batch, OffsetRanges log) {
        var files = BoundedFile.all(batch.table(Tables.BRONZE_TRANSACTIONS), BoundedFile.Coordinates.BRONZE);
        files.addAll(BoundedFile.all(batch.table(Tables.BRONZE_REJECTED), BoundedFile.Coordinates.BRONZE));
        files.removeIf(file -> !file.mayHold(log));
        return files;
    }

    private static long parts(long all, long each) {
        return Math.ceilDiv(all, each);
    }
}
