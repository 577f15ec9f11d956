package riskcluster.node.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that their authorities have called back, by lists of RFC 5280. A list whose time is over stays in
 * force, with a warning: a forgotten renewal must not keep nodes apart, and whom it names stays named.
 */
final class Revoked implements ChainCheck {

    private static final Logger LOG = LoggerFactory.getLogger(Revoked.class);

    private final List<X509CRL> lists;

    private Revoked(List<X509CRL> lists) {
        this.lists = List.copyOf(lists);
    }

    /**
     * Reads lists in PEM, one after the other.
     *
     * @param authorities who may have signed them
     * @throws IOException where the file holds none, or one that is signed by nobody of them
     */
    static Revoked read(Path file, List<X509Certificate> authorities) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            var lists = CertificateFactory.getInstance("X.509").generateCRLs(in).stream()
                    .map(X509CRL.class::cast)
                    .toList();
            if (lists.isEmpty()) {
                throw new IOException(file + " holds no list, allowed: lists of revoked certificates in PEM");
            }
            for (var list : lists) {
                if (authorities.stream().noneMatch(authority -> isOf(list, authority))) {
                    throw new IOException(file + " holds a list of " + list.getIssuerX500Principal()
                            + " that no known authority has signed");
                }
                warnWhereOver(file, list);
            }
            return new Revoked(lists);
        }
    }

    private static boolean isOf(X509CRL list, X509Certificate authority) {
        if (!list.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException notSignedByIt) {
            return false; // another authority may have the same name
        }
    }

    private static void warnWhereOver(Path file, X509CRL list) {
        var until = list.getNextUpdate();
        if (until != null && until.toInstant().isBefore(Instant.now())) {
            LOG.warn("the list of {} in {} was to be renewed by {}", list.getIssuerX500Principal(), file, until);
        }
    }

    @Override
    public void check(X509Certificate[] chain) throws CertificateException {
        for (var certificate : chain) {
            for (var list : lists) {
                if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
                        && list.isRevoked(certificate)) {
                    throw new CertificateException(
                            "certificate " + certificate.getSerialNumber().toString(16) + " of "
                                    + certificate.getSubjectX500Principal() + " is called back by "
                                    + list.getIssuerX500Principal());
                }
            }
        }
    }
}
