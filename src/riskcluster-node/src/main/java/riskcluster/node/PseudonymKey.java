package riskcluster.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import riskcluster.actors.privacy.Pseudonyms;

/** The file with the key that pseudonyms are made with: raw bytes, readable by its owner alone. */
public final class PseudonymKey {

    private PseudonymKey() {}

    /**
     * Reads the key of this version.
     *
     * @throws IllegalArgumentException where the file is missing or too short
     */
    public static Pseudonyms read(Path file, int version) {
        try {
            return new Pseudonyms(Map.of(version, Files.readAllBytes(file)));
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
