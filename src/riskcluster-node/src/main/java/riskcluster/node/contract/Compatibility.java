package riskcluster.node.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import riskcluster.node.contract.Contract.Property;
import riskcluster.node.contract.Contract.SchemaObject;

/**
 * What differs between two contracts, and whether those who rely on the old one may go on: what was sent before must be
 * allowed after, and what was read before must be there after.
 */
public final class Compatibility {

    private final Contract before;
    private final Contract after;
    private final List<ContractChange> changes = new ArrayList<>();

    private Compatibility(Contract before, Contract after) {
        this.before = before;
        this.after = after;
    }

    /** Every difference that matters to a program, in the order of the files. */
    public static List<ContractChange> between(Contract before, Contract after) {
        var comparison = new Compatibility(before, after);
        comparison.compare();
        return List.copyOf(comparison.changes);
    }

    private void compare() {
        if (!before.id().equals(after.id())) {
            broken(1, "contract", "its id was '" + before.id() + "' and is '" + after.id() + "'");
        }
        for (SchemaObject old : before.objects()) {
            after.object(old.name())
                    .ifPresentOrElse(
                            now -> compare(old, now),
                            () -> changes.add(
                                    new ContractChange(false, before.file(), old.line(), old.name(), "was removed")));
        }
        after.objects().stream()
                .filter(now -> before.object(now.name()).isEmpty())
                .forEach(now -> fine(now.line(), now.name(), "was added"));
    }

    private void compare(SchemaObject old, SchemaObject now) {
        compareAll(old.name(), old.properties(), now.properties());
        var oldKey = key(old.properties());
        var newKey = key(now.properties());
        if (!oldKey.equals(newKey)) {
            broken(now.line(), old.name(), "its key was " + oldKey + " and is " + newKey);
        }
        if (!partitions(old).equals(partitions(now))) {
            broken(
                    now.line(),
                    old.name(),
                    "it was divided by " + partitions(old) + " and is divided by " + partitions(now));
        }
        LimitChange.of(limits(old.custom()), limits(now.custom()))
                .forEach(change -> add(change.compatible(), now.line(), old.name(), change.what()));
        reusedIds(old, now);
    }

    private void compareAll(String path, List<Property> before, List<Property> after) {
        Map<String, Property> then = byName(before);
        Map<String, Property> now = byName(after);
        for (Property old : before) {
            var kept = now.get(old.name());
            if (kept != null) {
                compare(path + "." + old.name(), old, kept);
            } else {
                removed(path + "." + old.name(), old);
            }
        }
        for (Property added : after) {
            if (!then.containsKey(added.name())) {
                var where = path + "." + added.name();
                if (added.required()) {
                    broken(added.line(), where, "was added and is required: what was sent before does not have it");
                } else {
                    fine(added.line(), where, "was added");
                }
            }
        }
    }

    private void removed(String where, Property old) {
        changes.add(new ContractChange(
                !old.required(),
                before.file(),
                old.line(),
                where,
                old.required() ? "was required and was removed" : "was removed; its column stays, and is null"));
    }

    private void compare(String where, Property old, Property now) {
        TypeChange.of(old, now).ifPresent(change -> add(change.compatible(), now.line(), where, change.what()));
        if (now.required() && !old.required()) {
            broken(now.line(), where, "was optional and is required");
        } else if (old.required() && !now.required()) {
            broken(now.line(), where, "was required and is optional: who reads it counts on it");
        }
        if (now.unique() && !old.unique()) {
            broken(now.line(), where, "must be unique now");
        } else if (old.unique() && !now.unique()) {
            broken(now.line(), where, "was unique: who reads it counts on that");
        }
        compareAllowed(where, old, now);
        LimitChange.of(old.options(), now.options())
                .forEach(change -> add(change.compatible(), now.line(), where, change.what()));
        LimitChange.of(limits(old.custom()), limits(now.custom()))
                .forEach(change -> add(change.compatible(), now.line(), where, change.what()));
        compareAll(where, old.properties(), now.properties());
        if (old.items().isPresent() && now.items().isPresent()) {
            compare(where + "[]", old.items().get(), now.items().get());
        }
    }

    private void compareAllowed(String where, Property old, Property now) {
        if (old.allowed().equals(now.allowed())) {
            return;
        }
        if (old.allowed().isEmpty()) {
            broken(now.line(), where, "any value was allowed, now only " + String.join(", ", now.allowed()));
            return;
        }
        if (now.allowed().isEmpty()) {
            fine(now.line(), where, "any value is allowed now");
            return;
        }
        var gone = new TreeSet<>(old.allowed());
        now.allowed().forEach(gone::remove);
        var come = new TreeSet<>(now.allowed());
        old.allowed().forEach(come::remove);
        if (!gone.isEmpty()) {
            broken(now.line(), where, "no longer allowed: " + String.join(", ", gone));
        }
        if (!come.isEmpty()) {
            fine(now.line(), where, "allowed now: " + String.join(", ", come));
        }
    }

    /** An id in data files is never changed and never given to another column. */
    private void reusedIds(SchemaObject old, SchemaObject now) {
        Map<Object, String> names = new HashMap<>();
        old.properties().stream()
                .filter(property -> property.custom().containsKey("fieldId"))
                .forEach(property -> names.put(property.custom().get("fieldId"), property.name()));
        for (Property property : now.properties()) {
            var owner = names.get(property.custom().getOrDefault("fieldId", ""));
            if (owner != null && !owner.equals(property.name())) {
                broken(property.line(), now.name() + "." + property.name(), "takes the field id of '" + owner + "'");
            }
        }
    }

    /** Limits of our own among the custom properties: those that end in {@code Max} or {@code Min}; and field ids. */
    private static Map<String, Object> limits(Map<String, Object> custom) {
        return custom.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("Max")
                        || entry.getKey().endsWith("Min")
                        || entry.getKey().equals("fieldId"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> key(List<Property> properties) {
        return properties.stream()
                .filter(property -> property.keyPosition() > 0)
                .sorted(Comparator.comparingInt(Property::keyPosition))
                .map(Property::name)
                .toList();
    }

    private static List<String> partitions(SchemaObject object) {
        return object.properties().stream()
                .filter(Property::partitioned)
                .map(Property::name)
                .toList();
    }

    private static Map<String, Property> byName(List<Property> properties) {
        return properties.stream().collect(Collectors.toMap(Property::name, Function.identity()));
    }

    private void broken(int line, String where, String what) {
        add(false, line, where, what);
    }

    private void fine(int line, String where, String what) {
        add(true, line, where, what);
    }

    private void add(boolean compatible, int line, String where, String what) {
        changes.add(new ContractChange(compatible, after.file(), line, where, what));
    }
}
