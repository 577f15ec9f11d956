package riskcluster.node.terminal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a node answers operators, as {@code host:port}.
 *
 * @param access what is shown there, and by what the node is known
 */
public record OperatorAddress(String host, int port, Access access) {

    private static final Pattern TEXT =
            Pattern.compile("(?<host>[^-\\s:/@][^\\s:/@]*|\\[[0-9a-fA-F:.]+]):(?<port>[0-9]{1,5})");
    private static final int PORT_MAX = 65_535;

    /** Of a node that asks nobody. */
    public OperatorAddress(String host, int port) {
        this(host, port, Access.NONE);
    }

    /** The same address, approached so. */
    public OperatorAddress with(Access shown) {
        return new OperatorAddress(host, port, shown);
    }

    /** The address, if the text is one. */
    public static Optional<OperatorAddress> parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > PORT_MAX) {
            return Optional.empty();
        }
        return Optional.of(new OperatorAddress(matcher.group("host"), Integer.parseInt(matcher.group("port"))));
    }

    /**
     * The address that a text stands for.
     *
     * @throws CommandFailed where it is none
     */
    public static OperatorAddress of(String text) {
        return parse(text)
                .orElseThrow(() -> new CommandFailed(
                        Exit.USAGE, "'" + text + "' is no address for operators; give one such as 127.0.0.1:9110"));
    }

    /**
     * The addresses that a text stands for, one or several with commas: those of a cluster's nodes, of which the first is
     * asked unless all are meant.
     *
     * @throws CommandFailed where one of them is none
     */
    public static List<OperatorAddress> all(String text) {
        return Arrays.stream(text.split(",", -1)).map(OperatorAddress::of).toList();
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
