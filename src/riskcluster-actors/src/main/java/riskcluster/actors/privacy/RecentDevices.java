package riskcluster.actors.privacy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The devices that a customer used lately, with the digests of their pseudonyms: id after id in one array that is written
 * over. Objects would be replaced with each change of device, live for seconds and be dear to a collector.
 *
 * <p>Remembers ids of ASCII that are not too long. Used by one thread at a time.
 */
final class RecentDevices {

    /** So many devices are remembered; who has fewer takes less memory. */
    static final int DEVICES_MAX = 4;

    /** Longer ids, in bytes, are not remembered: a UUID with a prefix is. */
    static final int ID_BYTES_MAX = 48;

    private static final byte[] NOTHING = {};

    /** Device by device: the id's length, the id, room up to the width, the digest. */
    private byte[] held = NOTHING;

    private byte width;
    private byte last;

    /** Where in {@link #digests} the device's digest begins; -1 where it is not remembered. */
    int find(String device) {
        for (int at = 0; at < held.length; at += stride()) {
            if (is(at, device)) {
                return at + 1 + width;
            }
        }
        return -1;
    }

    byte[] digests() {
        return held;
    }

    /** Remembers a device that was not found; the one that came first gives way where there are enough. */
    void add(String device, byte[] digest) {
        var id = device.getBytes(StandardCharsets.US_ASCII);
        if (id.length > ID_BYTES_MAX || !device.equals(new String(id, StandardCharsets.US_ASCII))) {
            return;
        }
        if (id.length > width) {
            width = (byte) id.length;
            held = NOTHING;
        }
        int at = place();
        held[at] = (byte) id.length;
        System.arraycopy(id, 0, held, at + 1, id.length);
        System.arraycopy(digest, 0, held, at + 1 + width, digest.length);
    }

    void clear() {
        held = NOTHING;
    }

    private int place() {
        int devices = held.length / stride();
        if (devices < DEVICES_MAX) {
            held = Arrays.copyOf(held, held.length + stride());
            last = (byte) devices;
        } else {
            last = (byte) ((last + 1) % DEVICES_MAX);
        }
        return last * stride();
    }

    private boolean is(int at, String device) {
        int length = device.length();
        if (held[at] != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (device.charAt(i) != held[at + 1 + i]) {
                return false;
            }
        }
        return true;
    }

    private int stride() {
        return 1 + width + Hmac.DIGEST_BYTES;
    }
}
