package riskcluster.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import riskcluster.actors.privacy.Pseudonyms;

/**
 * The file with the key that pseudonyms are made with, readable by its owner alone: raw bytes of one key, which stands for
 * whatever version is asked for, or {@link KeyLines} of several.
 */
public final class PseudonymKey {

    private static final int FIRST_VERSION = 1;

    private PseudonymKey() {}

    /**
     * Reads the key of this version, and those of others where the file has some.
     *
     * @throws IllegalArgumentException where the file is missing, cannot be read as keys, or has no such key
     */
    public static Pseudonyms read(Path file, int version) {
        return read(file, Set.of(version));
    }

    /**
     * Reads the keys.
     *
     * @param wanted versions that must be there; none where any will do
     * @throws IllegalArgumentException where the file is missing, cannot be read as keys, or lacks one of these
     */
    public static Pseudonyms read(Path file, Set<Integer> wanted) {
        var content = content(file);
        if (!KeyLines.areIn(content)) {
            return single(file, content, wanted);
        }
        Map<Integer, byte[]> keys = KeyLines.read(file, content);
        var missing = new TreeSet<>(wanted);
        missing.removeAll(keys.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the pseudonym keys " + file + " have no key of the versions " + missing
                    + ", which policies name; there are " + new TreeSet<>(keys.keySet()));
        }
        return new Pseudonyms(keys);
    }

    private static Pseudonyms single(Path file, byte[] key, Set<Integer> wanted) {
        if (wanted.size() > 1) {
            throw new IllegalArgumentException(
                    "the pseudonym key " + file + " is one key, and policies name the versions " + new TreeSet<>(wanted)
                            + "; allowed: a file of several keys, each with its version");
        }
        if (key.length < Pseudonyms.KEY_BYTES_MIN) {
            throw new IllegalArgumentException("the pseudonym key " + file + " has " + key.length
                    + " bytes; allowed: at least " + Pseudonyms.KEY_BYTES_MIN + " random ones");
        }
        return new Pseudonyms(
                Map.of(wanted.isEmpty() ? FIRST_VERSION : wanted.iterator().next(), key));
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the pseudonym key " + file + " cannot be read (" + e + "); allowed: a file of at least "
                            + Pseudonyms.KEY_BYTES_MIN + " random bytes",
                    e);
        }
    }

    /** Makes a random key where there is none; for one machine's data, which nobody else has to link. */
    public static void createMissing(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        var key = new byte[Pseudonyms.KEY_BYTES_MIN];
        new SecureRandom().nextBytes(key);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, key, StandardOpenOption.WRITE);
    }
}
