package riskcluster.node.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How much each of many may still ask: so much at once, and so much more with each second. */
final class Budget {

    /** Those who asked longest ago are forgotten first, and begin anew. */
    private static final int CALLERS_MAX = 1_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final double atOnce;
    private final double perSecond;
    private final LongSupplier nanos;
    private final Map<String, Left> left = new LinkedHashMap<>();

    private record Left(double number, long nanos) {}

    Budget(double atOnce, double perSecond, LongSupplier nanos) {
        this.atOnce = atOnce;
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /** Takes one, if there is one left. */
    synchronized boolean take(String caller) {
        double number = left(caller);
        keep(caller, number < 1 ? number : number - 1);
        return number >= 1;
    }

    private double left(String caller) {
        var before = left.get(caller);
        return before == null
                ? atOnce
                : Math.min(
                        atOnce, before.number() + (nanos.getAsLong() - before.nanos()) / NANOS_PER_SECOND * perSecond);
    }

    private void keep(String caller, double number) {
        left.remove(caller);
        left.put(caller, new Left(number, nanos.getAsLong()));
        if (left.size() > CALLERS_MAX) {
            var oldest = left.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
