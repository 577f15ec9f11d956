package riskcluster.node.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** PEM files as the Java machine's own TLS takes them. */
public final class Pem {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private Pem() {}

    /**
     * A context with this identity.
     *
     * @throws IllegalArgumentException where a file cannot be read, with what is allowed; never with what is in it
     */
    static SSLContext context(PemFiles files) {
        return context(files, ChainCheck.NONE);
    }

    /** The same, which trusts only whom this check agrees to. */
    static SSLContext context(PemFiles files, ChainCheck more) {
        try {
            var store = empty();
            var chain = certificates(files.certificate()).toArray(X509Certificate[]::new);
            chain[0].checkValidity();
            store.setKeyEntry("node", key(files.key()), new char[0], chain);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            // who needs no certificate of the other side is not given the Java machine's authorities instead
            var trusted = files.authorities().isPresent()
                    ? trust(files, files.authorities().get(), more)
                    : new TrustManager[0];
            context.init(keys.getKeyManagers(), trusted, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the identity in " + files.certificate() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Lists of what is called back are signed by an authority, or by one between it and this node. */
    private static TrustManager[] trust(PemFiles files, Path authorities, ChainCheck more)
            throws IOException, GeneralSecurityException {
        var check = more;
        if (files.revoked().isPresent()) {
            var signers = new ArrayList<>(certificates(authorities));
            signers.addAll(certificates(files.certificate()));
            check = Revoked.read(files.revoked().get(), signers).and(more);
        }
        var trusted = trust(authorities);
        for (int i = 0; i < trusted.length; i++) {
            if (trusted[i] instanceof X509ExtendedTrustManager usual) {
                trusted[i] = new CheckedTrust(usual, check);
            }
        }
        return trusted;
    }

    /**
     * Trust in whoever has a certificate of these authorities, and in nobody else.
     *
     * @throws IOException where the file holds no certificate
     */
    public static TrustManager[] trust(Path authorities) throws IOException, GeneralSecurityException {
        var store = empty();
        int number = 0;
        for (var each : certificates(authorities)) {
            store.setCertificateEntry("authority-" + number++, each);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (certificates.isEmpty()) {
                throw new IOException(file + " holds no certificate, allowed: certificates in PEM");
            }
            return certificates;
        }
    }

    static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        var found = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!found.find()) {
            throw new IOException(file + " holds no key, allowed: PEM with BEGIN PRIVATE KEY (PKCS#8, not encrypted)");
        }
        var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                continue; // the file does not say which it is: each refuses a key of another
            }
        }
        throw new IOException(file + " holds a key of an unknown kind, allowed: " + String.join(", ", ALGORITHMS));
    }
}
