package riskcluster.actors.privacy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA-256 (RFC 2104) of one key. The two blocks made of the key are digested once and copied for each message,
 * which halves the work of {@code javax.crypto.Mac} and needs no lock.
 */
final class Hmac {
    static final int DIGEST_BYTES = 32;
    private static final int BLOCK_BYTES = 64;
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private final MessageDigest inner;
    private final MessageDigest outer;

    Hmac(byte[] key) {
        var block = Arrays.copyOf(key.length > BLOCK_BYTES ? sha256().digest(key) : key, BLOCK_BYTES);
        this.inner = begun(block, INNER_PAD);
        this.outer = begun(block, OUTER_PAD);
    }

    byte[] of(byte[] message) {
        var digest = copy(outer);
        digest.update(copy(inner).digest(message));
        return digest.digest();
    }

    private static MessageDigest begun(byte[] key, byte pad) {
        var block = new byte[BLOCK_BYTES];
        for (int i = 0; i < BLOCK_BYTES; i++) {
            block[i] = (byte) (key[i] ^ pad);
        }
        var digest = sha256();
        digest.update(block);
        return digest;
    }

    /** A copy to go on with; the original is never changed, so any number of threads may copy it. */
    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of this Java cannot be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
