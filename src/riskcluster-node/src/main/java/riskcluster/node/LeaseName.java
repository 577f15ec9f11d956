package riskcluster.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a cluster's lease in Kubernetes: a DNS label of at most 63 characters, and another one for every cluster.
 * Libraries that cut long names give two clusters the same lease.
 */
final class LeaseName {

    private static final String PREFIX = "riskcluster-";
    private static final int LENGTH_MAX = 63;
    private static final int HASH_BYTES = 6;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private LeaseName() {}

    /** A name that is a label already stays readable; any other is made one, and a hash tells it from its like. */
    static String of(String cluster) {
        var plain = PREFIX + cluster;
        // names that end like a hash are hashed too, so that no plain name equals a made one
        boolean isTaken = cluster.matches(".*-[0-9a-f]{" + 2 * HASH_BYTES + "}");
        if (plain.length() <= LENGTH_MAX && LABEL.matcher(plain).matches() && !isTaken) {
            return plain;
        }
        var label = cluster.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var room = LENGTH_MAX - PREFIX.length() - 2 * HASH_BYTES - 1;
        return PREFIX + label.substring(0, Math.min(room, label.length())) + "-" + hash(cluster);
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
