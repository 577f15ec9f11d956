package riskcluster.node.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An authority that makes certificates within milliseconds, in the bytes of RFC 5280. */
public final class TestAuthority {

    private static final byte[] ECDSA_WITH_SHA256 = bytes("300a06082a8648ce3d040302");
    private static final byte[] COMMON_NAME = bytes("0603550403");
    private static final byte[] IS_AUTHORITY = bytes("300f0603551d130101ff040530030101ff");
    private static final byte[] ALTERNATIVE_NAMES = bytes("0603551d11");
    private static final byte[] LOOPBACK = {(byte) 127, 0, 0, 1};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String name;
    private final KeyPair keys;
    private final byte[] certificate;
    private long issued;

    public TestAuthority(String name) {
        this.name = name;
        this.keys = pair();
        this.certificate = certificate(name, keys, IS_AUTHORITY);
    }

    /** Its certificate in PEM. */
    public String pem() {
        return pem("CERTIFICATE", certificate);
    }

    /**
     * Writes an identity for the host 127.0.0.1 and these names, in place of the one that is there, and trust in these
     * authorities.
     */
    public PemFiles identity(Path folder, String names, TestAuthority... trusted) {
        try {
            var mine = pair();
            var alternatives = Stream.concat(
                            Arrays.stream(names.split(","))
                                    .map(each -> der(0x82, each.getBytes(StandardCharsets.US_ASCII))),
                            Stream.of(der(0x87, LOOPBACK)))
                    .toArray(byte[][]::new);
            var extension = der(0x30, ALTERNATIVE_NAMES, der(0x04, der(0x30, alternatives)));
            var issuedNow = certificate(names.split(",")[0], mine, extension);
            Files.createDirectories(folder);
            var key = replace(
                    folder.resolve("tls.key"),
                    pem("PRIVATE KEY", mine.getPrivate().getEncoded()));
            var chain = replace(folder.resolve("tls.crt"), pem("CERTIFICATE", issuedNow));
            var authorities = replace(
                    folder.resolve("ca.crt"),
                    Arrays.stream(trusted).map(TestAuthority::pem).collect(Collectors.joining()));
            return new PemFiles(key, chain, Optional.of(authorities));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A list in PEM of the certificates that are called back from now on. */
    public String revoking(PemFiles... identities) {
        try {
            var now = Instant.now();
            var revoked = new ArrayList<byte[]>();
            for (var identity : identities) {
                var serial = Pem.certificates(identity.certificate()).getFirst().getSerialNumber();
                revoked.add(der(0x30, der(0x02, serial.toByteArray()), time(now)));
            }
            var content = der(
                    0x30,
                    bytes("020101"),
                    ECDSA_WITH_SHA256,
                    distinguished(name),
                    time(now.minus(Duration.ofHours(1))),
                    time(now.plus(Duration.ofDays(1))),
                    revoked.isEmpty() ? new byte[0] : der(0x30, revoked.toArray(byte[][]::new)));
            return pem("X509 CRL", der(0x30, content, ECDSA_WITH_SHA256, signature(content)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] signature(byte[] content) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        return der(0x03, new byte[] {0}, signature.sign());
    }

    private static Path replace(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }

    private byte[] certificate(String subject, KeyPair holder, byte[] extension) {
        try {
            var now = Instant.now();
            var content = der(
                    0x30,
                    bytes("a003020102"),
                    der(0x02, BigInteger.valueOf(++issued).toByteArray()),
                    ECDSA_WITH_SHA256,
                    distinguished(name),
                    der(0x30, time(now.minus(Duration.ofHours(1))), time(now.plus(Duration.ofDays(1)))),
                    distinguished(subject),
                    holder.getPublic().getEncoded(),
                    der(0xa3, der(0x30, extension)));
            return der(0x30, content, ECDSA_WITH_SHA256, signature(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] distinguished(String name) {
        var text = der(0x0c, name.getBytes(StandardCharsets.UTF_8));
        return der(0x30, der(0x31, der(0x30, COMMON_NAME, text)));
    }

    private static byte[] time(Instant when) {
        return der(0x17, TIME.format(when).getBytes(StandardCharsets.US_ASCII));
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (content.size() < 0x80) {
            whole.write(content.size());
        } else if (content.size() < 0x100) {
            whole.write(0x81);
            whole.write(content.size());
        } else {
            whole.write(0x82);
            whole.write(content.size() >> 8);
            whole.write(content.size());
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static String pem(String what, byte[] bytes) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
