package riskcluster.node.fault;

import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What was really produced: a fingerprint of each record by its place in the input. Safe for any thread. */
public final class Sent {

    private final Map<Place, Long> fingerprints = new HashMap<>();

    synchronized void add(Place place, long fingerprint) {
        if (fingerprints.put(place, fingerprint) != null) {
            throw new IllegalStateException("Kafka has given " + place + " to two records");
        }
    }

    synchronized void addAll(Map<Place, Long> committed) {
        committed.forEach(this::add);
    }

    synchronized int size() {
        return fingerprints.size();
    }

    /** All of it, when nobody sends any more. */
    synchronized Map<Place, Long> all() {
        return new HashMap<>(fingerprints); // an immutable map probes for ever where hashes lie side by side
    }

    /** 32 bits of the key, 32 of the value. */
    static long fingerprint(byte @Nullable [] key, byte @Nullable [] value) {
        return ((long) crc(key) << Integer.SIZE) | (crc(value) & 0xFFFF_FFFFL);
    }

    private static int crc(byte @Nullable [] bytes) {
        if (bytes == null) {
            return -1;
        }
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
