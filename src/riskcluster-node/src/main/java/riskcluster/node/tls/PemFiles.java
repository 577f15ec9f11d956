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
 * @param revoked lists of those certificates of the authorities that are no longer good; without it, none is called back
 */
public record PemFiles(Path key, Path certificate, Optional<Path> authorities, Optional<Path> revoked) {

    /** An identity to which no certificate is known to be called back. */
    public PemFiles(Path key, Path certificate, Optional<Path> authorities) {
        this(key, certificate, authorities, Optional.empty());
    }

    /** The same, which distrusts the certificates in these lists. */
    public PemFiles withRevoked(Path lists) {
        return new PemFiles(key, certificate, authorities, Optional.of(lists));
    }

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
        return Stream.of(Stream.of(key, certificate), authorities.stream(), revoked.stream())
                .flatMap(each -> each)
                .toList();
    }
}
