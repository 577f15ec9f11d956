package riskcluster.simulation.world;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import riskcluster.simulation.loop.Loop;

/** The files that nothing refers to any more and that wait for their end. */
final class Deferred {

    /** Half an hour in the product; here so short that what was wrongly deferred is missed within the run. */
    private static final long GRACE_MICROS = 300_000;

    private final Loop loop;
    private final Map<String, Long> notBefore = new LinkedHashMap<>();

    Deferred(Loop loop) {
        this.loop = loop;
    }

    void add(Collection<String> paths) {
        paths.forEach(path -> notBefore.putIfAbsent(path, loop.nowMicros() + GRACE_MICROS));
    }

    Set<String> paths() {
        return Set.copyOf(notBefore.keySet());
    }

    List<String> due() {
        return notBefore.entrySet().stream()
                .filter(entry -> entry.getValue() < loop.nowMicros())
                .map(Map.Entry::getKey)
                .toList();
    }

    void forget(String path) {
        notBefore.remove(path);
    }
}
