package riskcluster.lakehouse.gold;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Transactions by payment method, in the order of their names, none first. Never changed. */
final class Split {

    static final Split NONE = new Split(new @Nullable String[0], new long[0]);

    private static final Comparator<@Nullable String> ORDER = Comparator.nullsFirst(Comparator.naturalOrder());

    private final @Nullable String[] names;
    private final long[] counts;

    private Split(@Nullable String[] names, long[] counts) {
        this.names = names;
        this.counts = counts;
    }

    /** So many transactions paid in one way. */
    static Split of(@Nullable String name, long count) {
        return new Split(new @Nullable String[] {name}, new long[] {count});
    }

    Split plus(Split added) {
        if (names.length == 0) {
            return added;
        }
        if (added.names.length == 0) {
            return this;
        }
        var all = new TreeMap<@Nullable String, Long>(ORDER);
        addTo(all);
        added.addTo(all);
        return of(all);
    }

    private void addTo(TreeMap<@Nullable String, Long> all) {
        for (int i = 0; i < names.length; i++) {
            all.merge(names[i], counts[i], Long::sum);
        }
    }

    int size() {
        return names.length;
    }

    @Nullable
    String name(int i) {
        return names[i];
    }

    long count(int i) {
        return counts[i];
    }

    void write(ByteSink out) {
        out.number(names.length);
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            out.octet(name == null ? 0 : 1);
            if (name != null) {
                out.text(name);
            }
            out.number(counts[i]);
        }
    }

    static Split read(ByteSource in) {
        var names = new @Nullable String[in.count()];
        var counts = new long[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.octet() == 0 ? null : in.text();
            counts[i] = in.number();
        }
        return names.length == 0 ? NONE : new Split(names, counts);
    }

    private static Split of(TreeMap<@Nullable String, Long> all) {
        var names = new @Nullable String[all.size()];
        var counts = new long[names.length];
        int i = 0;
        for (Map.Entry<@Nullable String, Long> one : all.entrySet()) {
            names[i] = one.getKey();
            counts[i++] = one.getValue();
        }
        return new Split(names, counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(names) + Arrays.toString(counts);
    }
}
