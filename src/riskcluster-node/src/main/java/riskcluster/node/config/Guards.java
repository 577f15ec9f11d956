package riskcluster.node.config;

import static riskcluster.node.config.GuardKeys.*;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import riskcluster.node.NodeConfig;
import riskcluster.node.NodeConfig.Mode;
import riskcluster.node.guard.DoorGuard;
import riskcluster.node.guard.Tokens;
import riskcluster.node.tls.Loopback;
import riskcluster.node.tls.PemFiles;

/** What guards a node: read from its keys, and missed where a production node has none. */
final class Guards {

    private static final Set<String> OF_KAFKA = Set.of("SSL", "SASL_SSL");
    /** Files that Postgres' driver is told in the URL. */
    private static final List<String> OF_POSTGRES = List.of("sslrootcert", "sslcert", "sslkey");

    private Guards() {}

    static Optional<PemFiles> ofCluster(Settings settings) {
        var revoked = settings.maybe(CLUSTER_REVOKED_FILE);
        var files =
                files(settings, CLUSTER_KEY_FILE, CLUSTER_CERTIFICATE_FILE, settings.maybe(CLUSTER_AUTHORITIES_FILE));
        if (files.isEmpty()) {
            revoked.ifPresent(lists -> {
                throw missing(CLUSTER_KEY_FILE, " beside " + CLUSTER_REVOKED_FILE.path());
            });
            return files;
        }
        if (files.get().authorities().isEmpty()) {
            throw missing(CLUSTER_AUTHORITIES_FILE, " beside " + CLUSTER_KEY_FILE.path());
        }
        return revoked.map(lists -> {
                    var all = files.get().withRevoked(lists);
                    refusing(CLUSTER_REVOKED_FILE, lists, all::check);
                    return all;
                })
                .or(() -> files);
    }

    static DoorGuard ofDoors(Settings settings) {
        var tokens = settings.maybe(DOORS_TOKENS_FILE);
        tokens.ifPresent(file -> refusing(DOORS_TOKENS_FILE, file, () -> new Tokens(file)));
        return new DoorGuard(files(settings, DOORS_KEY_FILE, DOORS_CERTIFICATE_FILE, Optional.empty()), tokens);
    }

    /** Whether it speaks TLS, for which the node needs what makes it known to other nodes. */
    static boolean ofManagement(Settings settings) {
        boolean tls = settings.of(MANAGEMENT_TLS);
        if (tls && settings.maybe(CLUSTER_KEY_FILE).isEmpty()) {
            throw missing(CLUSTER_KEY_FILE, " beside " + MANAGEMENT_TLS.path() + " = true");
        }
        return tls;
    }

    /** Both of key and certificate, or neither. */
    private static Optional<PemFiles> files(
            Settings settings, Key<Path> key, Key<Path> certificate, Optional<Path> authorities) {
        var keyFile = settings.maybe(key);
        var certificateFile = settings.maybe(certificate);
        if (keyFile.isEmpty() && certificateFile.isEmpty()) {
            return Optional.empty();
        }
        var files = new PemFiles(
                keyFile.orElseThrow(() -> missing(key, " beside " + certificate.path())),
                certificateFile.orElseThrow(() -> missing(certificate, " beside " + key.path())),
                authorities);
        refusing(certificate, files.certificate(), files::check);
        return Optional.of(files);
    }

    private static void refusing(Key<?> key, Path file, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new ConfigRefused(
                    key.path() + " is '" + file + "', allowed: " + key.allowed() + " (" + e.getMessage() + ")");
        }
    }

    /**
     * What this node goes without although it is in production, since somebody says so.
     *
     * @throws ConfigRefused where nobody does
     */
    static Set<Unguarded> check(Settings settings, NodeConfig node) {
        filesOfClients(node);
        var named = settings.maybe(UNGUARDED).orElse(Set.of());
        var open = EnumSet.noneOf(Unguarded.class);
        for (var each : Unguarded.values()) {
            missed(each, node).ifPresent(why -> {
                if (!named.contains(each)) {
                    throw new ConfigRefused(why + "; or, if it must be, '"
                            + each.name().toLowerCase(Locale.ROOT) + "' in unguarded (docs/security.md)");
                }
                open.add(each);
            });
        }
        return open;
    }

    private static Optional<String> missed(Unguarded what, NodeConfig node) {
        if (what != Unguarded.DOORS && node.mode() == Mode.DEVELOPMENT) {
            return Optional.empty();
        }
        return switch (what) {
            case CLUSTER ->
                node.membership().tls().isPresent()
                        ? Optional.empty()
                        : Optional.of(sentence(CLUSTER_KEY_FILE, " in production"));
            case DOORS -> doors(node);
            case KAFKA ->
                OF_KAFKA.contains(node.kafka().more().getOrDefault("security.protocol", ""))
                        ? Optional.empty()
                        : Optional.of("the file of " + Keys.KAFKA_CLIENT_FILE.path()
                                + " does not set security.protocol to SSL or SASL_SSL, as production wants");
            case DATABASE ->
                parameters(node.jdbcUrl()).getOrDefault("sslmode", "").equals("verify-full")
                        ? Optional.empty()
                        : Optional.of(Keys.DATABASE_URL.path() + " does not say sslmode=verify-full, as production"
                                + " wants (and sslrootcert=FILE)");
            case WAREHOUSE ->
                node.warehouse().getScheme().equals("s3")
                        ? node.access()
                                .endpointWithoutTls()
                                .map(address -> Keys.WAREHOUSE_ENDPOINT.path() + " is '" + address
                                        + "', allowed in production: https://host:port")
                        : Optional.empty();
            case SCHEMAS ->
                node.schemas()
                        .filter(where -> where.startsWith("http:"))
                        .map(where -> Keys.SCHEMAS.path() + " is '" + where
                                + "', allowed in production: a folder, or https://host:port");
        };
    }

    private static Optional<String> doors(NodeConfig node) {
        return node.doors().flatMap(doors -> {
            boolean outside = !Loopback.is(doors.http().host())
                    || !Loopback.is(doors.operator().host());
            if (outside && doors.guard().tls().isEmpty()) {
                return Optional.of(
                        sentence(DOORS_KEY_FILE, " where others than this machine reach http.host or operator.bind"));
            }
            if (doors.guard().tokens().isEmpty() && (outside || node.mode() == Mode.PRODUCTION)) {
                return Optional.of(sentence(
                        DOORS_TOKENS_FILE,
                        outside
                                ? " where others than this machine reach http.host or operator.bind"
                                : " in production"));
            }
            return Optional.empty();
        });
    }

    /** Kafka's clients and Postgres' driver would find out later, and say it less clearly. */
    private static void filesOfClients(NodeConfig node) {
        node.kafka().more().forEach((name, value) -> {
            if (name.endsWith(".location")) {
                exists(Keys.KAFKA_CLIENT_FILE.path() + " with " + name, value);
            }
        });
        var parameters = parameters(node.jdbcUrl());
        OF_POSTGRES.stream()
                .filter(parameters::containsKey)
                .forEach(name ->
                        exists(Keys.DATABASE_URL.path() + " with " + name, String.valueOf(parameters.get(name))));
    }

    private static void exists(String key, String file) {
        try {
            if (Files.isReadable(Path.of(file))) {
                return;
            }
        } catch (InvalidPathException e) {
            throw ConfigRefused.value(key, file, "a file that can be read");
        }
        throw ConfigRefused.value(key, file, "a file that can be read");
    }

    private static Map<String, String> parameters(String url) {
        int from = url.indexOf('?');
        return from < 0
                ? Map.of()
                : Arrays.stream(url.substring(from + 1).split("&"))
                        .map(each -> each.split("=", 2))
                        .filter(each -> each.length == 2)
                        .collect(Collectors.toMap(
                                each -> each[0],
                                each -> URLDecoder.decode(each[1], StandardCharsets.UTF_8),
                                (first, last) -> last));
    }

    private static ConfigRefused missing(Key<?> key, String where) {
        return new ConfigRefused(sentence(key, where));
    }

    private static String sentence(Key<?> key, String where) {
        return key.path() + " (or " + key.variable() + ") is not set, allowed" + where + ": " + key.allowed();
    }
}
