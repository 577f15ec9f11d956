package riskcluster.node.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where one side of a TLS connection has its identity.
 *
 * @param key the private key, PKCS#8
 * @param certificate its certificate, then those of the authorities between it and one that is trusted
 * @param authorities whose certificates are trusted on the other side; without it nobody is asked for one
 */
public record PemFiles(Path key, Path certificate, Optional<Path> authorities) {

    /**
     * Reads them as whoever uses them will.
     *
     * @throws IllegalArgumentException where they cannot be used
     */
    public void check() {
        Pem.context(this);
    }

    /** All that there are. */
    List<Path> all() {
        return Stream.concat(Stream.of(key, certificate), authorities.stream()).toList();
    }
}
