package riskcluster.node.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import riskcluster.node.HostPort;

/** Ways to read the text of a key; each refuses what it cannot read with an {@link IllegalArgumentException}. */
final class Kinds {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,200}");

    private Kinds() {}

    static String text(String text) {
        return checked(text, !text.isEmpty());
    }

    static String name(String text) {
        return checked(text, NAME.matcher(text).matches());
    }

    static Function<String, Integer> number(int least, int most) {
        return text -> {
            int number = Integer.parseInt(text);
            checked(text, number >= least && number <= most);
            return number;
        };
    }

    static Duration time(String text) {
        try {
            var time = ConfigFactory.parseString("time = \"" + text.replace("\"", "") + "\"")
                    .getDuration("time");
            checked(text, time.isPositive());
            return time;
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static <E extends Enum<E>> Function<String, E> choice(Class<E> names) {
        return text -> Enum.valueOf(names, text.toUpperCase(Locale.ROOT));
    }

    static URI uri(String text) {
        var uri = URI.create(text);
        checked(text, uri.isAbsolute());
        return uri;
    }

    /** A URI that names a store which a warehouse can be in. */
    static URI warehouse(String text) {
        var uri = uri(text);
        checked(text, "file".equals(uri.getScheme()) || "s3".equals(uri.getScheme()) && uri.getAuthority() != null);
        return uri;
    }

    static URI endpoint(String text) {
        var uri = uri(text);
        checked(text, ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null);
        return uri;
    }

    static Boolean bool(String text) {
        return Boolean.valueOf(checked(text, text.equals("true") || text.equals("false")));
    }

    static String jdbc(String text) {
        return checked(text, text.startsWith("jdbc:postgresql:"));
    }

    static Path file(String text) {
        var file = Path.of(text);
        checked(text, Files.isRegularFile(file) && Files.isReadable(file));
        return file;
    }

    static Path folder(String text) {
        var folder = Path.of(text);
        checked(text, Files.isDirectory(folder));
        return folder;
    }

    /** A folder, or the URI of a registry. */
    static String schemas(String text) {
        boolean isRegistry = text.startsWith("http://") || text.startsWith("https://");
        return isRegistry ? endpoint(text).toString() : checked(text, Files.isDirectory(Path.of(text)));
    }

    static HostPort address(String text) {
        return HostPort.parse(text);
    }

    static List<HostPort> addresses(String text) {
        var addresses = Arrays.stream(text.split(","))
                .map(String::strip)
                .map(HostPort::parse)
                .toList();
        checked(text, addresses.stream().noneMatch(address -> address.port() == 0));
        return addresses;
    }

    static String bootstrap(String text) {
        return addresses(text).stream().map(HostPort::toString).collect(Collectors.joining(","));
    }

    /** The one line of a file; whoever made it may have ended it with a line break. */
    static String secret(String text) {
        try {
            var secret = Files.readString(file(text)).strip();
            return checked(secret, !secret.isEmpty() && secret.lines().count() == 1);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Map<String, String> properties(String text) {
        var read = new Properties();
        try (var in = Files.newBufferedReader(file(text))) {
            read.load(in);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
        return read.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), read::getProperty));
    }

    private static String checked(String text, boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
