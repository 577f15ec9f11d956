package riskcluster.lakehouse.replay;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The differences so far: all counted, the first in the log's order kept. Safe for several threads. */
final class Findings {

    private final int keptMax;
    private final Consumer<Difference> each;
    private final AtomicLong count = new AtomicLong();
    private final TreeSet<Difference> first = new TreeSet<>(Difference.IN_LOG_ORDER);

    Findings(int keptMax, Consumer<Difference> each) {
        this.keptMax = keptMax;
        this.each = each;
    }

    void add(Difference difference) {
        count.incrementAndGet();
        each.accept(difference);
        synchronized (first) {
            first.add(difference);
            if (first.size() > keptMax) {
                first.removeLast();
            }
        }
    }

    long count() {
        return count.get();
    }

    List<Difference> first() {
        synchronized (first) {
            return List.copyOf(first);
        }
    }
}
