package riskcluster.lakehouse.catalog;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a warehouse in an S3 store is reached; a warehouse on this machine needs none of it.
 *
 * @param endpoint the store's address, {@code https://s3.example.org:9000}; without one, Amazon's own for the region
 * @param region the bucket's region; stores outside Amazon mostly take any
 * @param pathStyle whether the bucket is named in the path, not in the host, which most stores outside Amazon need
 * @param credentials a file in the form of Amazon's shared credentials file, of which the profile {@code default} is
 *     taken, and read again when it changes; without one, what the environment of the process offers
 * @param authorities certificates (PEM) of the authorities to trust besides those of the Java machine
 * @param encryption how the store is told to encrypt each file: {@code s3}, {@code kms} or {@code kms:} and the key's
 *     name; without it, as the bucket does by itself
 * @param upkeepCredentials a file like {@code credentials}, of the identity that lists and deletes; without one, that of
 *     {@code credentials} does so too
 */
public record WarehouseAccess(
        Optional<URI> endpoint,
        String region,
        boolean pathStyle,
        Optional<Path> credentials,
        Optional<Path> authorities,
        Optional<String> encryption,
        Optional<Path> upkeepCredentials) {

    private static final Pattern ENCRYPTION = Pattern.compile("s3|kms|kms:\\S{1,2048}");

    /** Amazon's S3 in its first region, with the credentials of the environment. */
    public static final WarehouseAccess USUAL =
            new WarehouseAccess(Optional.empty(), "us-east-1", false, Optional.empty(), Optional.empty());

    /** A store that encrypts as its bucket does by itself. */
    public WarehouseAccess(
            Optional<URI> endpoint,
            String region,
            boolean pathStyle,
            Optional<Path> credentials,
            Optional<Path> authorities) {
        this(endpoint, region, pathStyle, credentials, authorities, Optional.empty(), Optional.empty());
    }

    public WarehouseAccess {
        encryption.ifPresent(how -> {
            if (!ENCRYPTION.matcher(how).matches()) {
                throw new IllegalArgumentException(
                        "the encryption of the warehouse is " + how + ", allowed: s3, kms or kms:KEY");
            }
        });
        endpoint.ifPresent(WarehouseAccess::check);
        if (region.isBlank()) {
            throw new IllegalArgumentException("the region of the warehouse is empty, allowed: a name as us-east-1");
        }
    }

    /** A store of this address, bucket in the path, with the credentials in this file. */
    public static WarehouseAccess of(URI endpoint, Path credentials) {
        return new WarehouseAccess(
                Optional.of(endpoint), USUAL.region(), true, Optional.of(credentials), Optional.empty());
    }

    /** The same store, in which another identity lists and deletes. */
    public WarehouseAccess withUpkeep(Path file) {
        return new WarehouseAccess(
                endpoint, region, pathStyle, credentials, authorities, encryption, Optional.of(file));
    }

    /** The same as the identity that reads and writes, and as no other. */
    public WarehouseAccess ofWriter() {
        return new WarehouseAccess(endpoint, region, pathStyle, credentials, authorities, encryption, Optional.empty());
    }

    /** The same as the identity that lists and deletes, and as no other. */
    public WarehouseAccess ofUpkeep() {
        return upkeepCredentials.isEmpty()
                ? this
                : new WarehouseAccess(
                        endpoint, region, pathStyle, upkeepCredentials, authorities, encryption, Optional.empty());
    }

    /** What an engine from outside may be told to reach the same store, in Iceberg's names; no credentials. */
    public Map<String, String> clientSettings() {
        var settings = new TreeMap<String, String>();
        endpoint.ifPresent(address -> {
            settings.put("s3.endpoint", address.toString());
            settings.put("s3.region", region);
            settings.put("s3.path-style-access", Boolean.toString(pathStyle));
        });
        return settings;
    }

    /** What Iceberg is told of encryption, in its names. */
    Map<String, String> encryptionSettings() {
        var settings = new TreeMap<String, String>();
        encryption.ifPresent(how -> {
            var parts = how.split(":", 2);
            settings.put("s3.sse.type", parts[0]);
            if (parts.length == 2) {
                settings.put("s3.sse.key", parts[1]);
            }
        });
        return settings;
    }

    /** The endpoint, where it is spoken to without TLS. */
    public Optional<URI> endpointWithoutTls() {
        return endpoint.filter(address -> address.getScheme().equals("http"));
    }

    private static void check(URI endpoint) {
        String scheme = endpoint.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme) || endpoint.getHost() == null) {
            throw new IllegalArgumentException("the endpoint of the warehouse is " + endpoint
                    + ", allowed: http://HOST:PORT or https://HOST:PORT");
        }
    }
}
