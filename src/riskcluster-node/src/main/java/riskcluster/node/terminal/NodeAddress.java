package riskcluster.node.terminal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a node listens, and the file in which a running {@code dev} says so. */
public final class NodeAddress {

    private static final ObjectMapper JSON = new ObjectMapper();

    private NodeAddress() {}

    /** The folder under which demo and dev keep what they write. */
    public static Path home() {
        return Path.of(System.getProperty("riskcluster.home", ""), ".riskcluster")
                .toAbsolutePath();
    }

    /**
     * Says where this process answers.
     *
     * @param http its URL
     * @param operator where operators are answered, {@code host:port}
     */
    public static void write(Path home, String http, String operator) throws IOException {
        var file = file(home);
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                JSON.writeValueAsBytes(Map.of(
                        "http",
                        http,
                        "operator",
                        operator,
                        "pid",
                        ProcessHandle.current().pid())));
    }

    /** Takes back what {@link #write} said, if nobody said otherwise since. */
    public static void erase(Path home, String http) throws IOException {
        if (read(home, "http").filter(http::equals).isPresent()) {
            Files.deleteIfExists(file(home));
        }
    }

    /**
     * The address that a text stands for.
     *
     * @throws CommandFailed where it is none
     */
    public static URI of(String text) {
        var full = text.contains("://") ? text : "http://" + text;
        try {
            var address = URI.create(full.endsWith("/") ? full.substring(0, full.length() - 1) : full);
            if (address.getHost() != null && address.getScheme().matches("https?")) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw noAddress(text, e);
        }
        throw noAddress(text, null);
    }

    private static CommandFailed noAddress(String text, @Nullable Throwable cause) {
        var sentence = text + " is no address of a node; give one such as http://127.0.0.1:8080";
        return cause == null ? new CommandFailed(Exit.USAGE, sentence) : new CommandFailed(Exit.USAGE, sentence, cause);
    }

    static Optional<String> read(Path home, String what) {
        try {
            var file = file(home);
            return Files.exists(file)
                    ? Optional.of(JSON.readTree(Files.readAllBytes(file))
                                    .path(what)
                                    .asText())
                            .filter(address -> !address.isEmpty())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // a file that is being written, or none of ours, names no node
        }
    }

    private static Path file(Path home) {
        return home.resolve("dev").resolve("node.json");
    }
}
