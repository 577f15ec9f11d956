package riskcluster.node.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The keys of what guards a node. */
final class GuardKeys {

    private static final String KEY = "a file that can be read, PEM with BEGIN PRIVATE KEY (PKCS#8)";
    private static final String CERTIFICATE = "a file that can be read, PEM";

    static final Key<Set<Unguarded>> UNGUARDED = new Key<>(
            "unguarded",
            Key.ABSENT,
            "cluster, doors, kafka, database, warehouse, schemas; several with commas or as a list",
            "What a production node goes without TLS (and, at its doors, tokens) for, each with a warning at every"
                    + " start. What is not named here is refused where it is not guarded; in development nothing is"
                    + " but doors that others than this machine reach.",
            GuardKeys::unguarded);

    static final Key<Path> CLUSTER_KEY_FILE = new Key<>(
            "cluster.key-file",
            Key.ABSENT,
            KEY,
            "This node's private key, by which the other nodes know it. The three files of a node may be replaced"
                    + " while it runs.",
            Kinds::file);
    static final Key<Path> CLUSTER_CERTIFICATE_FILE = new Key<>(
            "cluster.certificate-file",
            Key.ABSENT,
            CERTIFICATE,
            "Its certificate, and those between it and the authority. Nodes let each other in whose certificates have a"
                    + " name in common (CN or DNS name).",
            Kinds::file);
    static final Key<Path> CLUSTER_AUTHORITIES_FILE = new Key<>(
            "cluster.authorities-file",
            Key.ABSENT,
            CERTIFICATE,
            "Certificates of the authorities whose nodes are let in; two of them while one is replaced by another.",
            Kinds::file);

    static final Key<Path> CLUSTER_REVOKED_FILE = new Key<>(
            "cluster.revoked-file",
            Key.ABSENT,
            "a file that can be read, PEM with BEGIN X509 CRL",
            "Lists of the certificates that the authorities have called back: nodes that show one of them are not let"
                    + " in. May be replaced while the node runs.",
            Kinds::file);
    static final Key<Boolean> MANAGEMENT_TLS = new Key<>(
            "management.tls",
            "false",
            "true or false",
            "Whether the management door speaks TLS, and TLS only, with the identity of cluster.key-file. The same on"
                    + " every node: switch it while all are stopped.",
            Kinds::bool);

    static final Key<String> HTTP_HOST = new Key<>(
            "http.host",
            "127.0.0.1",
            "an address or a name of this machine",
            "Where the HTTP interface listens. Others than this machine need TLS and tokens.",
            Kinds::text);
    static final Key<Path> DOORS_KEY_FILE = new Key<>(
            "doors.key-file",
            Key.ABSENT,
            KEY,
            "The private key of the HTTP interface and of the operators' interface, which then speak TLS only. May be"
                    + " replaced while the node runs.",
            Kinds::file);
    static final Key<Path> DOORS_CERTIFICATE_FILE = new Key<>(
            "doors.certificate-file",
            Key.ABSENT,
            CERTIFICATE,
            "Its certificate, for the names by which callers know this node.",
            Kinds::file);
    static final Key<Path> DOORS_TOKENS_FILE = new Key<>(
            "doors.tokens-file",
            Key.ABSENT,
            "a file that can be read, with lines of NAME ROLE SHA256",
            "Who may come in: the hash of each one's token. May be changed while the node runs.",
            Kinds::file);

    static final Key<String> WAREHOUSE_ENCRYPTION = new Key<>(
            "warehouse.encryption",
            Key.ABSENT,
            "s3, kms, or kms: and the name of a key",
            "How the store is told to encrypt each file that is written; without it, as the bucket does by itself.",
            GuardKeys::encryption);

    static final Key<Path> WAREHOUSE_UPKEEP_CREDENTIALS_FILE = new Key<>(
            "warehouse.upkeep-credentials-file",
            Key.ABSENT,
            "a file that can be read",
            "The same for the identity that lists and deletes files, so that the one of warehouse.credentials-file"
                    + " needs no right to delete; without it, that one does both.",
            Kinds::file);

    private static final Pattern ENCRYPTION = Pattern.compile("s3|kms|kms:\\S{1,2048}");

    private GuardKeys() {}

    private static String encryption(String text) {
        if (!ENCRYPTION.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static Set<Unguarded> unguarded(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .map(Kinds.choice(Unguarded.class))
                .collect(Collectors.toUnmodifiableSet());
    }
}
