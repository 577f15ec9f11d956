package riskcluster.node.terminal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a node answers operators, as {@code host:port}. */
public record OperatorAddress(String host, int port) {

    private static final OperatorAddress USUAL = new OperatorAddress("127.0.0.1", 9110);
    private static final Pattern TEXT =
            Pattern.compile("(?<host>[^-\\s:/@][^\\s:/@]*|\\[[0-9a-fA-F:.]+]):(?<port>[0-9]{1,5})");
    private static final int PORT_MAX = 65_535;

    /** The address, if the text is one. */
    public static Optional<OperatorAddress> parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > PORT_MAX) {
            return Optional.empty();
        }
        return Optional.of(new OperatorAddress(matcher.group("host"), Integer.parseInt(matcher.group("port"))));
    }

    /** The node to ask where none is named: {@code RISKCLUSTER_OPERATOR}, else the running dev, else the usual one. */
    public static OperatorAddress find() {
        return find(System.getenv(), NodeAddress.home());
    }

    static OperatorAddress find(Map<String, String> environment, Path home) {
        var told = environment.getOrDefault("RISKCLUSTER_OPERATOR", "");
        if (!told.isEmpty()) {
            return parse(told)
                    .orElseThrow(() -> new CommandFailed(
                            Exit.USAGE, "RISKCLUSTER_OPERATOR is '" + told + "', allowed: host:port"));
        }
        return NodeAddress.read(home, "operator")
                .flatMap(OperatorAddress::parse)
                .orElse(USUAL);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
