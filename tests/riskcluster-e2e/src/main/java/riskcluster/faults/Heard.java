package riskcluster.faults;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** When the alerts of each partition were heard, each alert once. Safe for any thread. */
final class Heard {

    /** An owner's last alerts are on their way when he dies. */
    private static final long ON_THE_WAY_MILLIS = 1_000;

    private final Set<String> known = new HashSet<>();
    private final Map<Integer, List<Long>> times = new HashMap<>();

    /** An alert, whose id tells the partition of its input, came at this time; one that came before is not heard. */
    synchronized void add(String id, long millis) {
        if (known.add(id)) {
            times.computeIfAbsent(Integer.parseInt(id.split("/")[1]), first -> new ArrayList<>())
                    .add(millis);
        }
    }

    /** How long a partition was silent after its owner died at this time; empty where it has not spoken since. */
    synchronized OptionalLong silenceAfter(int partition, long millis) {
        var first = first(times.getOrDefault(partition, List.of()), millis + ON_THE_WAY_MILLIS);
        return first.isPresent() ? OptionalLong.of(first.getAsLong() - millis) : OptionalLong.empty();
    }

    /** When each partition first spoke after this time; those that have not are not in it. */
    synchronized Map<Integer, Long> firstAfter(long millis) {
        var found = new TreeMap<Integer, Long>();
        times.forEach((partition, all) -> first(all, millis).ifPresent(time -> found.put(partition, time)));
        return found;
    }

    /** Times ascend, and what is asked for lies near their end. */
    private static OptionalLong first(List<Long> all, long after) {
        int at = all.size();
        while (at > 0 && all.get(at - 1) > after) {
            at--;
        }
        return at == all.size() ? OptionalLong.empty() : OptionalLong.of(all.get(at));
    }

    /** The longest silence of each partition that ended after {@code from} and began before {@code until}, in ms. */
    synchronized Map<Integer, Long> longest(Instant from, Instant until) {
        var longest = new TreeMap<Integer, Long>();
        times.forEach((partition, all) -> {
            for (int i = 1; i < all.size(); i++) {
                long began = Math.max(all.get(i - 1), from.toEpochMilli());
                if (all.get(i) > began && began < until.toEpochMilli()) {
                    longest.merge(partition, all.get(i) - began, Math::max);
                }
            }
        });
        return longest;
    }
}
