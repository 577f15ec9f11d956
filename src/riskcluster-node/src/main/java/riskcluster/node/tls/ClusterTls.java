package riskcluster.node.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import scala.Option;
import scala.Some;

/**
 * Mutual TLS between nodes. Both sides show a certificate of an authority in the file, and the two certificates have a
 * name in common, so that a company's authority does not let all of the company in. The library's own provider takes
 * RSA keys only and a single authority, which could not be replaced without stopping every node.
 */
public final class ClusterTls implements SSLEngineProvider {

    private static final String KEY = "riskcluster.cluster-tls.key";
    private static final String CERTIFICATE = "riskcluster.cluster-tls.certificate";
    private static final String AUTHORITIES = "riskcluster.cluster-tls.authorities";
    /** Empty for none. */
    private static final String REVOKED = "riskcluster.cluster-tls.revoked";

    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final PemFiles files;
    private final LiveContext context;

    /** As remoting makes it, by its name in the settings. */
    public ClusterTls(ActorSystem system) {
        var settings = system.settings().config();
        this.files = new PemFiles(
                Path.of(settings.getString(KEY)),
                Path.of(settings.getString(CERTIFICATE)),
                Optional.of(Path.of(settings.getString(AUTHORITIES))),
                Optional.of(settings.getString(REVOKED))
                        .filter(file -> !file.isEmpty())
                        .map(Path::of));
        this.context = new LiveContext(files);
    }

    /**
     * What an actor system is told so that it talks by these files.
     *
     * @throws IllegalArgumentException where they cannot be used
     */
    public static Map<String, Object> settings(PemFiles files) {
        var authorities = files.authorities()
                .orElseThrow(() -> new IllegalArgumentException("nodes need authorities to know each other by"));
        Pem.context(files);
        return Map.of(
                "pekko.remote.artery.transport",
                "tls-tcp",
                "pekko.remote.artery.ssl.ssl-engine-provider",
                ClusterTls.class.getName(),
                KEY,
                files.key().toString(),
                CERTIFICATE,
                files.certificate().toString(),
                AUTHORITIES,
                authorities.toString(),
                REVOKED,
                files.revoked().map(Path::toString).orElse(""));
    }

    @Override
    public SSLEngine createServerSSLEngine(String hostname, int port) {
        var engine = engine(hostname, port);
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        return engine;
    }

    @Override
    public SSLEngine createClientSSLEngine(String hostname, int port) {
        var engine = engine(hostname, port);
        engine.setUseClientMode(true);
        return engine;
    }

    private SSLEngine engine(String hostname, int port) {
        var engine = context.get().createSSLEngine(hostname, port);
        engine.setEnabledProtocols(PROTOCOLS);
        return engine;
    }

    @Override
    public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
        return verify(hostname, session);
    }

    @Override
    public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
        return verify(hostname, session);
    }

    private Option<Throwable> verify(String hostname, SSLSession session) {
        try {
            var theirs = CertificateNames.of(peer(session));
            var ours = CertificateNames.of(Pem.certificates(files.certificate()).getFirst());
            return Collections.disjoint(theirs, ours)
                    ? new Some<>(new SSLException("the certificate of " + hostname + " is for " + theirs
                            + ", of which none is a name of this node's " + ours))
                    : Option.empty();
        } catch (IOException | GeneralSecurityException e) {
            return new Some<>(e);
        }
    }

    private static X509Certificate peer(SSLSession session) throws SSLPeerUnverifiedException {
        if (session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
            return certificate;
        }
        throw new SSLPeerUnverifiedException("no X.509 certificate");
    }
}
