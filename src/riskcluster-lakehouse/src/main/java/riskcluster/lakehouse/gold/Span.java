package riskcluster.lakehouse.gold;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A stretch of a day's windows that is rewritten as one: the files in it, which may overlap, and what a batch adds.
 * Spans do not overlap.
 */
final class Span {

    /** A span with fewer rows also takes windows after its end, so that not every batch begins a file. */
    private static final int ROWS_BEFORE_NEXT = RowChunks.ROWS_MAX / 2;

    private final List<Leaf> leaves = new ArrayList<>();
    private final TreeMap<RowKey, Delta> deltas = new TreeMap<>();
    private final long first;
    private long last;

    private Span(long first) {
        this.first = first;
        this.last = first;
    }

    /** Those of one day's spans to which something is added. */
    static List<Span> touched(List<Leaf> leaves, SortedMap<RowKey, Delta> deltas) {
        TreeMap<Long, Span> spans = spans(leaves);
        deltas.forEach((key, delta) -> span(spans, key.startMicros()).deltas.put(key, delta));
        return spans.values().stream().filter(span -> !span.deltas.isEmpty()).toList();
    }

    List<Leaf> leaves() {
        return leaves;
    }

    /** @param rows of the span's files; returns them with what is added, in their order */
    List<GoldRow> merge(List<GoldRow> rows) {
        var merged = new TreeMap<RowKey, GoldRow>();
        rows.forEach(row -> {
            if (merged.put(row.key(), row) != null) {
                throw new IllegalStateException("gold has two rows of " + row.key());
            }
        });
        for (Map.Entry<RowKey, Delta> added : deltas.entrySet()) {
            merged.compute(
                    added.getKey(),
                    (key, row) -> added.getValue().onto(row == null ? GoldRow.empty(key) : row));
        }
        return List.copyOf(merged.values());
    }

    private static TreeMap<Long, Span> spans(List<Leaf> leaves) {
        var spans = new TreeMap<Long, Span>();
        Span span = null;
        for (Leaf leaf : leaves.stream()
                .sorted(Comparator.comparingLong(Leaf::first))
                .toList()) {
            if (span == null || leaf.first() > span.last) {
                span = new Span(leaf.first());
                spans.put(leaf.first(), span);
            }
            span.leaves.add(leaf);
            span.last = Math.max(span.last, leaf.last());
        }
        return spans;
    }

    private static Span span(TreeMap<Long, Span> spans, long start) {
        var before = spans.floorEntry(start);
        if (before != null && (start <= before.getValue().last || before.getValue().takesNext())) {
            Span taking = before.getValue();
            taking.last = Math.max(taking.last, start);
            return taking;
        }
        var fresh = new Span(start);
        spans.put(start, fresh);
        return fresh;
    }

    private boolean takesNext() {
        return leaves.stream().mapToLong(leaf -> leaf.file().recordCount()).sum() < ROWS_BEFORE_NEXT;
    }

    @Override
    public String toString() {
        return "windows " + first + " to " + last;
    }
}
