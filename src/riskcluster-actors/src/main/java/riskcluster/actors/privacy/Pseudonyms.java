package riskcluster.actors.privacy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * A ring of secret keys, by version, that turn ids into pseudonyms: {@code k<version>:} and the lower-case hex of
 * HMAC-SHA-256. Any number of threads may share one.
 */
public final class Pseudonyms {
    /** Bytes of a key: as many as the digest has, see RFC 2104, section 3. */
    public static final int KEY_BYTES_MIN = 32;

    private final Map<Integer, Hmac> keys;
    private final int least;

    /** @param keysByVersion each at least {@link #KEY_BYTES_MIN} long */
    public Pseudonyms(Map<Integer, byte[]> keysByVersion) {
        var hmacs = new HashMap<Integer, Hmac>();
        keysByVersion.forEach((version, key) -> {
            if (version < 1 || key.length < KEY_BYTES_MIN) {
                throw new IllegalArgumentException("key " + version + " has " + key.length
                        + " bytes, allowed: versions from 1, at least " + KEY_BYTES_MIN + " bytes");
            }
            hmacs.put(version, new Hmac(key));
        });
        this.keys = Map.copyOf(hmacs);
        this.least = 0;
    }

    private Pseudonyms(Map<Integer, Hmac> keys, int least) {
        this.keys = keys;
        this.least = least;
    }

    /** The same ring, in which older versions make the pseudonyms of this one: what a rekey has made of theirs. */
    public Pseudonyms rekeyed(int version) {
        return new Pseudonyms(keys, version);
    }

    /** Whether pseudonyms of this version can be made; ask before a policy that names it is put in force. */
    public boolean has(int version) {
        return keys.containsKey(version);
    }

    /** The pseudonym of a customer under the key of this version, which the ring must have. */
    public String customer(int version, String userId) {
        return pseudonym(Math.max(version, least), "customer:" + userId);
    }

    /** The pseudonym of a device under the key of this version, which the ring must have. */
    public String device(int version, String deviceId) {
        return text(version, deviceDigest(version, deviceId), 0);
    }

    /** What the pseudonym of a device is written from, for {@link #text}. */
    byte[] deviceDigest(int version, String deviceId) {
        return digest(Math.max(version, least), "device:" + deviceId);
    }

    /** A pseudonym under the key of this version, of the digest that begins at {@code from}. */
    String text(int version, byte[] digests, int from) {
        return written(Math.max(version, least), digests, from);
    }

    /** By what a customer who was erased is recognised; it neither is his pseudonym nor leads to it. */
    public String erasureTag(int version, String userId) {
        return pseudonym(version, "erased:" + userId);
    }

    /** The version that stands in a pseudonym. */
    public static int version(String pseudonym) {
        return Integer.parseInt(pseudonym.substring(1, pseudonym.indexOf(':')));
    }

    /** The versions of the keys, in no order. */
    public Set<Integer> versions() {
        return keys.keySet();
    }

    private String pseudonym(int version, String subject) {
        return written(version, digest(version, subject), 0);
    }

    private byte[] digest(int version, String subject) {
        var hmac = keys.get(version);
        if (hmac == null) {
            throw new IllegalStateException("the key ring has no version " + version + ", only " + keys.keySet());
        }
        return hmac.of(subject.getBytes(StandardCharsets.UTF_8));
    }

    private static String written(int version, byte[] digests, int from) {
        return "k" + version + ":" + HexFormat.of().formatHex(digests, from, from + Hmac.DIGEST_BYTES);
    }
}
