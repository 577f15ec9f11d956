package riskcluster.node.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import riskcluster.node.explain.Finding;
import riskcluster.node.tls.Loopback;
import riskcluster.node.tls.Pem;

/**
 * What a client shows a node, and by what it knows the node.
 *
 * @param tokenFile holds the token
 * @param authority certificates (PEM) of the authority that is trusted; without it the operators' interface is asked in
 *     the clear, and an {@code https} address is held to the authorities of the Java machine
 */
public record Access(Optional<Path> tokenFile, Optional<Path> authority) {

    /** For a node that asks nobody. */
    public static final Access NONE = new Access(Optional.empty(), Optional.empty());

    /** The variable that names the file of the token. */
    public static final String TOKEN_FILE = "RISKCLUSTER_TOKEN_FILE";

    /** The variable that names the file of the authority. */
    public static final String CA_FILE = "RISKCLUSTER_CA_FILE";

    /** What the environment of this process says, for a node whose address was given in full. */
    public static Access told() {
        return NONE.under(System.getenv());
    }

    /** What the environment says, and where it says nothing, this. */
    Access under(Map<String, String> environment) {
        return new Access(
                path(environment, TOKEN_FILE).or(() -> tokenFile),
                path(environment, CA_FILE).or(() -> authority));
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        return Optional.of(environment.getOrDefault(name, ""))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }

    /**
     * The token, for a node at this host.
     *
     * @param secure whether the connection is by TLS
     * @throws CommandFailed where it cannot be read, or would cross the network in the clear
     */
    public Optional<String> token(String host, boolean secure) {
        if (tokenFile.isPresent() && !secure && !Loopback.is(host)) {
            throw new CommandFailed(
                    Exit.USAGE,
                    Finding.TOKEN_IN_CLEAR.code() + ": " + Finding.TOKEN_IN_CLEAR.meaning() + " to " + host + "; "
                            + Finding.TOKEN_IN_CLEAR.remedy());
        }
        return tokenFile.map(file -> {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new CommandFailed(Exit.USAGE, "the token in " + file + " cannot be read: " + e, e);
            }
        });
    }

    /**
     * Trust in the authority alone.
     *
     * @throws CommandFailed where its certificate cannot be read
     */
    public Optional<SSLContext> trust() {
        return authority.map(file -> {
            try {
                var context = SSLContext.getInstance("TLS");
                context.init(null, Pem.trust(file), null);
                return context;
            } catch (IOException | GeneralSecurityException e) {
                throw new CommandFailed(Exit.USAGE, "the authority in " + file + " cannot be read: " + e, e);
            }
        });
    }

    /** The sentence for a node that shows no certificate of the authority. */
    public static CommandFailed untrusted(String node, Exception cause) {
        return new CommandFailed(
                Exit.UNREACHABLE,
                Finding.NODE_UNTRUSTED.code() + ": " + node + " is not trusted (" + cause.getMessage() + "); "
                        + Finding.NODE_UNTRUSTED.remedy(),
                cause);
    }
}
