package riskcluster.node.contract;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import riskcluster.node.contract.Contract.Property;

/** What became of a property's type. */
record TypeChange(boolean compatible, String what) {

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+), ?(\\d+)\\)");

    /** What every value of a type also is, as Iceberg promotes columns. */
    private static final Map<String, Set<String>> WIDER =
            Map.of("int", Set.of("long"), "float", Set.of("double"), "integer", Set.of("number"));

    static Optional<TypeChange> of(Property old, Property now) {
        if (!old.logicalType().equals(now.logicalType())) {
            return Optional.of(change(old.logicalType(), now.logicalType()));
        }
        boolean same = old.physicalType().isEmpty()
                || now.physicalType().isEmpty()
                || old.physicalType().equalsIgnoreCase(now.physicalType());
        return same ? Optional.empty() : Optional.of(change(old.physicalType(), now.physicalType()));
    }

    private static TypeChange change(String from, String to) {
        boolean wider = WIDER.getOrDefault(from, Set.of()).contains(to) || isWiderDecimal(from, to);
        boolean narrower = WIDER.getOrDefault(to, Set.of()).contains(from) || isWiderDecimal(to, from);
        String verb = wider ? "was widened" : narrower ? "was narrowed" : "was changed";
        return new TypeChange(wider, "its type " + verb + " from " + from + " to " + to);
    }

    private static boolean isWiderDecimal(String from, String to) {
        Matcher then = DECIMAL.matcher(from);
        Matcher now = DECIMAL.matcher(to);
        return then.matches()
                && now.matches()
                && then.group(2).equals(now.group(2))
                && Integer.parseInt(now.group(1)) > Integer.parseInt(then.group(1));
    }
}
