package riskcluster.lakehouse.quality;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;
import riskcluster.lakehouse.ledger.SealedCheckpoint;

/**
 * A batch in figures.
 *
 * @param earlier records of the last batches before it, in no order
 */
record BatchFigures(List<CheckpointFigures> checkpoints, Instant sealedAt, List<Long> earlier) {

    /** Fewer batches than this make nothing usual. */
    private static final int EARLIER_MIN = 10;

    private static final double MICROS_PER_SECOND = 1e6;

    static BatchFigures of(List<SealedCheckpoint> checkpoints, Instant sealedAt, List<Long> earlier) {
        return new BatchFigures(checkpoints.stream().map(CheckpointFigures::of).toList(), sealedAt, earlier);
    }

    /** NaN where there is nothing to measure. */
    double measured(String table, Measure measure, Collection<ColumnRange> ranges) {
        return switch (measure) {
            case RECORDS_WITHOUT_ROW -> sum(CheckpointFigures::recordsWithoutRow);
            case ROWS_BEYOND_OFFSETS -> sum(CheckpointFigures::rowsBeyondOffsets);
            case ROWS_WITHOUT_SOURCE -> sum(CheckpointFigures::rowsWithoutSource);
            case NULLS_IN_REQUIRED -> files(table, CheckpointFigures.Files::nullsInRequired);
            case COLUMNS_OUT_OF_RANGE ->
                ranges.stream()
                        .filter(range -> range.table().equals(table))
                        .mapToDouble(
                                range -> files(table, file -> file.outside(range.column(), range.min(), range.max())))
                        .sum();
            case REJECTED_SHARE -> share(rejected(), sum(one -> one.accepted().rows()) + rejected());
            case DUPLICATE_SHARE -> {
                double accepted = sum(one -> one.accepted().rows() - one.tombstones());
                yield share(accepted - sum(one -> one.decided().rows()), accepted);
            }
            case AGE_SECONDS -> age();
            case VOLUME_RATIO -> volume();
        };
    }

    private double rejected() {
        return sum(one -> one.rejected().rows());
    }

    private double age() {
        return checkpoints.stream()
                .flatMap(one -> List.of(one.accepted(), one.rejected()).stream())
                .flatMap(files -> files.files().stream())
                .flatMap(file -> file.greatest("kafka_time").stream())
                .max(BigDecimal::compareTo)
                .map(newest -> sealedAt.getEpochSecond() - newest.doubleValue() / MICROS_PER_SECOND)
                .orElse(Double.NaN);
    }

    private double volume() {
        if (earlier.size() < EARLIER_MIN) {
            return Double.NaN;
        }
        long usual = earlier.stream().sorted().toList().get(earlier.size() / 2);
        return share(sum(CheckpointFigures::records), usual);
    }

    private double files(String table, ToLongFunction<CheckpointFigures.Files> figure) {
        return sum(one -> one.tables().stream()
                .filter(files -> files.table().qualifiedName().equals(table))
                .mapToLong(figure)
                .sum());
    }

    private double sum(ToLongFunction<CheckpointFigures> figure) {
        return checkpoints.stream().mapToLong(figure).sum();
    }

    private static double share(double part, double whole) {
        return whole == 0 ? Double.NaN : part / whole;
    }
}
