package riskcluster.lakehouse.maintain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;

/** Chooses the files of a table that are worth a compaction next; pure. */
final class CompactionChoice {

    private static final Comparator<DataFile> BY_AGE =
            Comparator.comparing(CompactionChoice::sequence).thenComparing(DataFile::location);

    /** In place of the order's id for a table without one. */
    static final int NO_ORDER = -1;

    /** A file takes less once it is sorted: what is this many times as large as a small one will not be small then. */
    private static final double SORTED_SHRINK_MAX = 1.5;

    private final Thresholds thresholds;
    private final PartitionSpec spec;
    private final long newestSequence;
    private final int sortOrderId;
    private final int openDays;

    /**
     * For a table in this state.
     *
     * @param newestSequence sequence number of the table's newest snapshot
     * @param sortOrderId of the files that are sorted
     * @param openDays files of the newest so many days are left alone: batches replace them anyway
     */
    CompactionChoice(Thresholds thresholds, PartitionSpec spec, long newestSequence, int sortOrderId, int openDays) {
        this.thresholds = thresholds;
        this.spec = spec;
        this.newestSequence = newestSequence;
        this.sortOrderId = sortOrderId;
        this.openDays = openDays;
    }

    /** Small files first, where there are most of them; a closed day when there are few. */
    Optional<Compaction> among(List<DataFile> files) {
        var partitions = new TreeMap<String, List<DataFile>>();
        int newestDay = files.stream().mapToInt(this::day).max().orElse(0);
        files.stream()
                .filter(file -> file.specId() == spec.specId())
                .filter(file -> openDays == 0 || day(file) <= newestDay - openDays)
                .sorted(BY_AGE)
                .forEach(file -> partitions
                        .computeIfAbsent(spec.partitionToPath(file.partition()), day -> new ArrayList<>())
                        .add(file));
        var minor = partitions.values().stream()
                .flatMap(inIt -> minor(inIt).stream())
                .max(Comparator.comparing(each -> each.files().size()));
        return minor.isPresent() ? minor : major(partitions);
    }

    /** Files of similar size are merged with each other, so that a byte is written once for each size and not ever again. */
    private Optional<Compaction> minor(List<DataFile> partition) {
        List<DataFile> small = partition.stream().filter(this::isSmall).toList();
        if (bytes(small) >= thresholds.targetBytes()) {
            return Optional.of(new Compaction(false, upToTarget(small)));
        }
        var bySize = new TreeMap<Integer, List<DataFile>>();
        small.forEach(file ->
                bySize.computeIfAbsent(step(file), size -> new ArrayList<>()).add(file));
        return bySize.values().stream()
                .filter(similar -> similar.size() >= thresholds.smallFiles())
                .findFirst()
                .map(similar -> new Compaction(false, similar));
    }

    /** The oldest closed day of a table that has an order, with rows that are not sorted, or with small files; a bounded part of it. */
    private Optional<Compaction> major(TreeMap<String, List<DataFile>> partitions) {
        if (!isByDay() || sortOrderId == NO_ORDER || partitions.isEmpty()) {
            return Optional.empty();
        }
        partitions.pollLastEntry();
        return partitions.values().stream()
                .filter(this::isQuiet)
                .map(day -> day.stream()
                        .filter(file -> isSmall(file) || !isSorted(file))
                        .toList())
                .filter(this::isWorthSorting)
                .findFirst()
                .map(rest -> new Compaction(true, evenPart(rest)));
    }

    private boolean isWorthSorting(List<DataFile> rest) {
        return rest.size() > 1 || rest.size() == 1 && !isSmall(rest.getFirst());
    }

    /** Whether it got nothing for long but what is sorted, which is its own rows. */
    private boolean isQuiet(List<DataFile> day) {
        return day.stream()
                .filter(file -> !isSorted(file))
                .allMatch(file -> sequence(file) <= newestSequence - thresholds.quietBatches());
    }

    /** So many files that what is left divides evenly into files of about the target; all where too little would be left. */
    private List<DataFile> evenPart(List<DataFile> rest) {
        long parts = Math.max(1, Math.round((double) bytes(rest) / thresholds.targetBytes()));
        var part = nearest(rest, bytes(rest) / parts);
        return bytes(rest) - bytes(part) < thresholds.smallBytes() * SORTED_SHRINK_MAX ? rest : part;
    }

    /**
     * The oldest files that come nearest to so many bytes; one too many would leave a small file behind that nothing is merged
     * with any more. A small file is never taken alone: nothing would come of it.
     */
    private List<DataFile> nearest(List<DataFile> files, long bytes) {
        long taken = 0;
        int count = 0;
        for (DataFile file : files) {
            boolean enough = count > 1 || count == 1 && !isSmall(files.getFirst());
            if (taken >= bytes || enough && taken + file.fileSizeInBytes() - bytes > bytes - taken) {
                break;
            }
            taken += file.fileSizeInBytes();
            count++;
        }
        return files.subList(0, count);
    }

    private List<DataFile> upToTarget(List<DataFile> small) {
        long taken = 0;
        int count = 0;
        while (count < small.size() && taken < thresholds.targetBytes()) {
            taken += small.get(count++).fileSizeInBytes();
        }
        return small.subList(0, count);
    }

    private boolean isByDay() {
        return spec.fields().size() == 1
                && spec.fields().getFirst().transform().toString().equals("day");
    }

    /** Days since 1970; 0 where files are not divided by day. */
    private int day(DataFile file) {
        return isByDay() ? file.partition().get(0, Integer.class) : 0;
    }

    private boolean isSmall(DataFile file) {
        return file.fileSizeInBytes() < thresholds.smallBytes();
    }

    private boolean isSorted(DataFile file) {
        Integer order = file.sortOrderId();
        return order != null && order == sortOrderId;
    }

    /** Which power of the step the file's size lies above. */
    private int step(DataFile file) {
        int step = 0;
        for (long size = file.fileSizeInBytes(); size >= thresholds.sizeStep(); size /= thresholds.sizeStep()) {
            step++;
        }
        return step;
    }

    private static long sequence(DataFile file) {
        Long sequence = file.dataSequenceNumber();
        return sequence == null ? 0 : sequence;
    }

    private static long bytes(List<DataFile> files) {
        return files.stream().mapToLong(DataFile::fileSizeInBytes).sum();
    }
}
