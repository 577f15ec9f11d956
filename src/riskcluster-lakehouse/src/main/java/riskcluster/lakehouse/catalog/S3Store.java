package riskcluster.lakehouse.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The files of a warehouse in an S3 store: Iceberg's own, over a client that knows any store's address. */
final class S3Store {

    /** Twelve partitions that close 32 files each at once is the worst; it is waited for a free connection then. */
    private static final int CONNECTIONS_MAX = 128;

    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    private static final Duration CONNECTION_FREE_MAX = Duration.ofSeconds(30);

    /** Silence of a store that is alive; one try of one part of 32 MB fits well into the next. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

    private static final Duration TRY_MAX = Duration.ofSeconds(30);

    /** All tries of one request: what fails after it ends the tenure, and the next one begins where it is sealed. */
    private static final Duration CALL_MAX = Duration.ofSeconds(60);

    private S3Store() {}

    /**
     * Opens the store and looks whether the bucket is there, as each identity that is told.
     *
     * @throws IllegalArgumentException where the store says that it has no such bucket
     * @throws IllegalStateException where the store does not answer
     */
    static FileIO open(URI root, WarehouseAccess access) {
        S3Files files = files(root, access);
        if (access.upkeepCredentials().isEmpty()) {
            return files;
        }
        try {
            return new DividedFileIO(files, files(root, access.ofUpkeep()));
        } catch (RuntimeException failure) {
            files.close();
            throw failure;
        }
    }

    private static S3Files files(URI root, WarehouseAccess access) {
        S3Client client = client(access);
        try {
            lookFor(client, root, access);
            var files = new S3Files(client);
            var settings = new HashMap<>(access.encryptionSettings());
            // Without TLS each part of a file is signed with its SHA-256, which the store checks as it checks who is
            // asking.
            // With TLS it is not; then the store compares an MD5 with what came: the one checksum that every store
            // knows.
            settings.put(
                    "s3.checksum-enabled",
                    String.valueOf(access.endpointWithoutTls().isEmpty()));
            settings.put("init-creation-stacktrace", "false");
            files.initialize(settings);
            return files;
        } catch (RuntimeException failure) {
            client.close();
            throw failure;
        }
    }

    private static S3Client client(WarehouseAccess access) {
        var builder = S3Client.builder()
                .region(Region.of(access.region()))
                .forcePathStyle(access.pathStyle())
                .credentialsProvider(credentials(access))
                .httpClient(http(access))
                // The newer checksums in trailers are refused by stores that do not know them.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(
                        limits -> limits.apiCallAttemptTimeout(TRY_MAX).apiCallTimeout(CALL_MAX));
        access.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(WarehouseAccess access) {
        return access.credentials()
                .<AwsCredentialsProvider>map(S3Store::credentials)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private static AwsCredentialsProvider credentials(Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("the warehouse's credentials file " + file
                    + " cannot be read; allowed: a file with [default], aws_access_key_id and aws_secret_access_key");
        }
        return ProfileCredentialsProvider.builder()
                .profileFile(ProfileFileSupplier.reloadWhenModified(file, ProfileFile.Type.CREDENTIALS))
                .profileName("default")
                .build();
    }

    private static SdkHttpClient http(WarehouseAccess access) {
        var builder = Apache5HttpClient.builder()
                .maxConnections(CONNECTIONS_MAX)
                .connectionAcquisitionTimeout(CONNECTION_FREE_MAX)
                .connectionTimeout(CONNECT_MAX)
                .socketTimeout(SILENCE_MAX);
        access.authorities()
                .map(S3Store::trust)
                .ifPresent(managers -> builder.tlsTrustManagersProvider(() -> managers));
        return builder.build();
    }

    /** Trusts whom the Java machine trusts and whose certificates are in the file. */
    private static TrustManager[] trust(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var known : usual().getAcceptedIssuers()) {
                store.setCertificateEntry("known-" + number++, known);
            }
            for (var told : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("told-" + number++, told);
            }
            return managers(store);
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalArgumentException(
                    "the warehouse's authorities " + file + " cannot be read (" + failure
                            + "); allowed: certificates in PEM",
                    failure);
        }
    }

    private static X509TrustManager usual() throws GeneralSecurityException {
        return Stream.of(managers(null))
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("this Java machine trusts nobody"));
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static void lookFor(S3Client client, URI root, WarehouseAccess access) {
        String where = "warehouse " + root + " at "
                + access.endpoint().map(URI::toString).orElse("Amazon S3, region " + access.region());
        try {
            client.headBucket(request -> request.bucket(root.getAuthority()));
        } catch (NoSuchBucketException missing) {
            throw new IllegalArgumentException(
                    where + ": the store has no bucket " + root.getAuthority() + "; allowed: one that exists", missing);
        } catch (S3Exception refused) {
            throw new IllegalStateException(
                    where + ": the store refuses bucket " + root.getAuthority() + " with status " + refused.statusCode()
                            + " (" + refused.getMessage() + ")",
                    refused);
        } catch (SdkClientException unreachable) {
            throw new IllegalStateException(
                    where + ": the store does not answer (" + unreachable.getMessage() + ")", unreachable);
        }
    }
}
