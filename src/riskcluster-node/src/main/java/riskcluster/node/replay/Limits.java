package riskcluster.node.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.read.BatchChoice;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.replay.OffsetRanges;
import riskcluster.lakehouse.replay.OffsetRanges.Range;
import riskcluster.lakehouse.replay.TimeOffsets;

/** Turns what a person gave as ends of a range into offsets, as one batch has them. */
final class Limits {

    private final OpenLake lake;
    private final PinnedBatch batch;
    private final int threads;

    Limits(OpenLake lake, PinnedBatch batch, int threads) {
        this.lake = lake;
        this.batch = batch;
        this.threads = threads;
    }

    /**
     * The range; without an end it goes to that of the batch.
     *
     * @throws IllegalArgumentException where it cannot be, with what can
     */
    OffsetRanges range(Optional<Bound> from, Optional<Bound> to) {
        Map<LogPartition, Long> ends = batch.offsets().byPartition();
        Map<LogPartition, Long> starts = from.map(bound -> starts(bound, ends)).orElse(Map.of());
        Map<LogPartition, Long> stops = to.map(bound -> stops(bound, ends)).orElse(ends);
        var ranges = new LinkedHashMap<LogPartition, Range>();
        ends.forEach((source, end) -> {
            if (takesPart(source, from, starts) && takesPart(source, to, stops)) {
                ranges.put(source, range(source, starts.getOrDefault(source, 0L), stops.getOrDefault(source, 0L), end));
            }
        });
        return new OffsetRanges(ranges);
    }

    private static boolean takesPart(LogPartition source, Optional<Bound> bound, Map<LogPartition, Long> offsets) {
        return !(bound.isPresent() && bound.get() instanceof Bound.Offsets) || offsets.containsKey(source);
    }

    private Range range(LogPartition source, long from, long to, long end) {
        if (to > end || from > to) {
            throw new IllegalArgumentException("of " + source + " the offsets from " + from + " to " + to
                    + " are asked for, allowed: a range within 0 to " + end + ", where batch " + batch.id() + " ends");
        }
        return new Range(from, to);
    }

    private Map<LogPartition, Long> starts(Bound bound, Map<LogPartition, Long> ends) {
        return switch (bound) {
            case Bound.Batch(var id) -> id <= 1 ? Map.of() : offsets(id - 1, "the start of batch " + id);
            case Bound.Time(var time) -> TimeOffsets.at(batch, time, threads);
            case Bound.Offsets(var byPartition) -> named(byPartition, ends.keySet());
        };
    }

    private Map<LogPartition, Long> stops(Bound bound, Map<LogPartition, Long> ends) {
        return switch (bound) {
            case Bound.Batch(var id) -> offsets(id, "the end of batch " + id);
            case Bound.Time(var time) -> TimeOffsets.at(batch, time, threads);
            case Bound.Offsets(var byPartition) -> named(byPartition, ends.keySet());
        };
    }

    private Map<LogPartition, Long> offsets(long id, String what) {
        return BatchChoice.offsets(lake.database(), id)
                .orElseThrow(() -> new IllegalArgumentException(
                        what + " is not kept; " + BatchChoice.kept(lake.database(), lake.catalog())))
                .byPartition();
    }

    private static Map<LogPartition, Long> named(Map<Integer, Long> byPartition, Set<LogPartition> known) {
        var named = new LinkedHashMap<LogPartition, Long>();
        byPartition.forEach((number, offset) -> {
            var found = known.stream()
                    .filter(source -> source.partition() == number)
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("there is no partition " + number + ", there are "
                        + known.stream().map(LogPartition::partition).sorted().toList());
            }
            found.forEach(source -> named.put(source, offset));
        });
        return named;
    }
}
