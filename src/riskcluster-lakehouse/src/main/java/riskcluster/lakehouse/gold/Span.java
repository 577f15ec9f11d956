package riskcluster.lakehouse.gold;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * A stretch of a day's windows that is rewritten as one: the files in it, which may overlap, and what a batch adds.
 * Spans do not overlap.
 */
final class Span {

    /** A span with fewer rows also takes windows after its end, so that not every batch begins a file. */
    private static final int ROWS_BEFORE_NEXT = RowChunks.ROWS_MAX / 2;

    private final List<Leaf> leaves = new ArrayList<>();
    private final List<Gain> gains = new ArrayList<>();
    private final long first;
    private long last;

    private Span(long first) {
        this.first = first;
        this.last = first;
    }

    /** Those of one day's spans to which something is added. */
    static List<Span> touched(List<Leaf> leaves, List<Gain> gains) {
        TreeMap<Long, Span> spans = spans(leaves);
        for (int from = 0, to; from < gains.size(); from = to) {
            long start = gains.get(from).key().startMicros();
            to = endOfWindow(gains, from);
            span(spans, start).gains.addAll(gains.subList(from, to));
        }
        return spans.values().stream().filter(span -> !span.gains.isEmpty()).toList();
    }

    /** All of one day. */
    static List<Span> of(List<Leaf> leaves) {
        return List.copyOf(spans(leaves).values());
    }

    private static int endOfWindow(List<Gain> gains, int from) {
        int to = from + 1;
        while (to < gains.size()
                && gains.get(to).key().startMicros() == gains.get(from).key().startMicros()) {
            to++;
        }
        return to;
    }

    List<Leaf> leaves() {
        return leaves;
    }

    /** @param rows of the span's files, in their order and each key once; returns them with what is added */
    List<GoldRow> merge(WindowedTable table, List<GoldRow> rows) {
        var merged = new ArrayList<GoldRow>(rows.size() + gains.size());
        int next = 0;
        for (Gain gain : gains) {
            while (next < rows.size() && rows.get(next).key().compareTo(gain.key()) < 0) {
                merged.add(rows.get(next++));
            }
            boolean known = next < rows.size() && rows.get(next).key().equals(gain.key());
            merged.add(gain.onto(table, known ? rows.get(next++) : GoldRow.empty(gain.key())));
        }
        merged.addAll(rows.subList(next, rows.size()));
        return merged;
    }

    /** Two rows of one key would both be carried on: an engine from outside may have left them. */
    static void check(List<GoldRow> rows) {
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i - 1).key().compareTo(rows.get(i).key()) >= 0) {
                throw new IllegalStateException(
                        "gold has two rows of " + rows.get(i).key());
            }
        }
    }

    private static TreeMap<Long, Span> spans(List<Leaf> leaves) {
        var spans = new TreeMap<Long, Span>();
        Span span = null;
        for (Leaf leaf :
                leaves.stream().sorted(Comparator.comparingLong(Leaf::first)).toList()) {
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
        if (before != null
                && (start <= before.getValue().last || before.getValue().takesNext())) {
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
