package riskcluster.node.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** What the other side's certificates must be besides signed by an authority that is trusted. */
@FunctionalInterface
interface ChainCheck {

    /** Nothing more. */
    ChainCheck NONE = chain -> {};

    /**
     * Looks at them.
     *
     * @param chain the other side's own certificate, then those above it
     * @throws CertificateException where they are not to be trusted, with why
     */
    void check(X509Certificate[] chain) throws CertificateException;

    /** This and then another. */
    default ChainCheck and(ChainCheck other) {
        return chain -> {
            check(chain);
            other.check(chain);
        };
    }
}
