package riskcluster.node.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What became of a property's limit. */
record LimitChange(boolean compatible, String what) {

    private static final Set<String> FLOORS =
            Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    private static final Set<String> CEILINGS =
            Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");

    /** The differences between two sets of limits by their names. */
    static List<LimitChange> of(Map<String, Object> old, Map<String, Object> now) {
        var changes = new ArrayList<LimitChange>();
        var names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            var before = old.get(name);
            var after = now.get(name);
            if (before == null || !before.equals(after)) {
                changes.add(of(name, before, after));
            }
        }
        return changes;
    }

    private static LimitChange of(String name, @Nullable Object before, @Nullable Object after) {
        String said = name + " was " + (before == null ? "not there" : before) + " and is "
                + (after == null ? "not there" : after);
        return new LimitChange(isLooser(name, before, after), said);
    }

    private static boolean isLooser(String name, @Nullable Object before, @Nullable Object after) {
        if (name.equals("fieldId")) {
            return false;
        }
        if (after == null) {
            return true;
        }
        if (before instanceof BigDecimal from && after instanceof BigDecimal to) {
            if (FLOORS.contains(name) || name.endsWith("Min")) {
                return to.compareTo(from) <= 0;
            }
            if (CEILINGS.contains(name) || name.endsWith("Max")) {
                return to.compareTo(from) >= 0;
            }
            return name.equals("multipleOf")
                    && to.signum() > 0
                    && from.remainder(to).signum() == 0;
        }
        return after.equals(false); // of uniqueItems and its like; a pattern or a format cannot be compared
    }
}
