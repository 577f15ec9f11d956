package riskcluster.lakehouse.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.LogPartition;

/** Offsets of several partitions, one range of each. */
public final class OffsetRanges {

    /** The offsets [from, to) of one partition. */
    public record Range(long from, long to) {
        public Range {
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("[" + from + ", " + to + ") is no range of offsets");
            }
        }

        boolean contains(long offset) {
            return offset >= from && offset < to;
        }
    }

    private final Map<LogPartition, Range> ranges;

    public OffsetRanges(Map<LogPartition, Range> ranges) {
        this.ranges = Map.copyOf(ranges);
    }

    public Map<LogPartition, Range> byPartition() {
        return ranges;
    }

    /** Offsets, with and without records. */
    public long size() {
        return ranges.values().stream()
                .mapToLong(range -> range.to() - range.from())
                .sum();
    }

    boolean contains(LogPartition source, long offset) {
        Range range = ranges.get(source);
        return range != null && range.contains(offset);
    }

    /** The partition, if the record is of one of these ranges. */
    Optional<LogPartition> find(String topic, int partition, long offset) {
        var source = new LogPartition(topic, partition);
        return contains(source, offset) ? Optional.of(source) : Optional.empty();
    }

    /** The same ranges from the beginning of each partition. */
    OffsetRanges fromBeginning() {
        return mapped(range -> new Range(0, range.to()));
    }

    /** Part {@code index} of {@code parts} about equal ones of each range. */
    OffsetRanges part(int index, int parts) {
        return mapped(range -> new Range(cut(range, index, parts), cut(range, index + 1, parts)));
    }

    /** What of these offsets is in the others too. */
    OffsetRanges within(OffsetRanges others) {
        var both = new LinkedHashMap<LogPartition, Range>();
        ranges.forEach((source, range) -> {
            Range other = others.ranges.get(source);
            if (other != null && Math.max(range.from(), other.from()) < Math.min(range.to(), other.to())) {
                both.put(source, new Range(Math.max(range.from(), other.from()), Math.min(range.to(), other.to())));
            }
        });
        return new OffsetRanges(both);
    }

    private OffsetRanges mapped(UnaryOperator<Range> change) {
        var changed = new LinkedHashMap<LogPartition, Range>();
        ranges.forEach((source, range) -> changed.put(source, change.apply(range)));
        return new OffsetRanges(changed);
    }

    private static long cut(Range range, int index, int parts) {
        long length = range.to() - range.from();
        return range.from() + length / parts * index + length % parts * index / parts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OffsetRanges that && ranges.equals(that.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
