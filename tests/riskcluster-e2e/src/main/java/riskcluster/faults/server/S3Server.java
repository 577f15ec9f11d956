package riskcluster.faults.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 store over a folder of this machine, each bucket a folder in it, that asks for signed requests. */
public final class S3Server implements AutoCloseable {

    /** The one bucket that is there from the start. */
    public static final String BUCKET = "lake";

    /** Whose requests are answered. */
    public static final String KEY_ID = "riskcluster";

    /** The password of {@link #KEY_ID}, and of the key store. */
    public static final String SECRET = "only-for-tests";

    private final S3Proxy server;
    private final Path credentials;

    private S3Server(S3Proxy server, Path credentials) {
        this.server = server;
        this.credentials = credentials;
    }

    /**
     * Starts the store.
     *
     * @param port 0 for any that is free
     */
    public static S3Server start(Path folder, int port) throws IOException {
        return start(folder, "127.0.0.1", port);
    }

    /** The same at an address of this machine. */
    public static S3Server start(Path folder, String host, int port) throws IOException {
        return start(folder, builder(folder).endpoint(URI.create("http://" + host + ":" + port)));
    }

    /** Starts a store that speaks TLS alone, by the key in this PKCS #12 file. */
    public static S3Server startSecure(Path folder, Path keyStore) throws IOException {
        return start(
                folder,
                builder(folder)
                        .secureEndpoint(URI.create("https://127.0.0.1:0"))
                        .keyStore(keyStore.toString(), SECRET));
    }

    private static S3Proxy.Builder builder(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("buckets").resolve(BUCKET));
        return S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.resolve("buckets").toString()))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY_ID, SECRET);
    }

    private static S3Server start(Path folder, S3Proxy.Builder builder) throws IOException {
        var server = builder.build();
        try {
            server.start();
        } catch (Exception failure) { // the library declares no narrower one
            throw new IOException("the S3 server does not start", failure);
        }
        return new S3Server(server, credentialsFile(folder));
    }

    /** Writes the file by which clients of the store in this folder prove who they are. */
    public static Path credentialsFile(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("credentials"),
                "[default]\naws_access_key_id = " + KEY_ID + "\naws_secret_access_key = " + SECRET + "\n");
    }

    /** The store's address. */
    public URI endpoint() {
        int secure = server.getSecurePort();
        return URI.create(secure > 0 ? "https://127.0.0.1:" + secure : "http://127.0.0.1:" + server.getPort());
    }

    /** A file in the form of Amazon's shared credentials file. */
    public Path credentials() {
        return credentials;
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception failure) { // the library declares no narrower one
            throw new IOException("the S3 server does not stop", failure);
        }
    }
}
