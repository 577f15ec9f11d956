package riskcluster.node.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.HttpsConnectionContext;

/**
 * TLS at the management door. A node shows there who it is among nodes, and asks nobody for a certificate, since probes
 * have none. A node that looks for others there trusts by authority and common name as in the nodes' own talk: it knows
 * them by addresses for which no certificate is made.
 */
public final class ManagementTls {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Supplier<SSLContext> shown;
    private final Supplier<SSLContext> asking;

    /** @throws IllegalArgumentException where the files cannot be used */
    public ManagementTls(PemFiles files) {
        this.shown = new LiveContext(files);
        this.asking = new LiveFiles<>(files.all(), () -> Pem.context(files, chain -> sharesName(files, chain)));
    }

    /** For the door. */
    public HttpsConnectionContext door() {
        return ConnectionContext.httpsServer(() -> engine(shown.get().createSSLEngine(), false));
    }

    /** For who knocks at another node's. */
    public HttpsConnectionContext caller() {
        return ConnectionContext.httpsClient((host, port) -> engine(asking.get().createSSLEngine(host, port), true));
    }

    private static SSLEngine engine(SSLEngine engine, boolean asks) {
        engine.setUseClientMode(asks);
        engine.setEnabledProtocols(PROTOCOLS);
        return engine;
    }

    private static void sharesName(PemFiles files, X509Certificate[] chain) throws CertificateException {
        try {
            var theirs = CertificateNames.of(chain[0]);
            var ours = CertificateNames.of(Pem.certificates(files.certificate()).getFirst());
            if (Collections.disjoint(theirs, ours)) {
                throw new CertificateException(
                        "a node's management door shows a certificate for " + theirs + ", not for any of " + ours);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw e instanceof CertificateException known ? known : new CertificateException(e);
        }
    }
}
