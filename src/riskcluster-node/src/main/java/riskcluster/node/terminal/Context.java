package riskcluster.node.terminal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A node, or a cluster by one of its nodes, under a name of the user's.
 *
 * @param node URL of the HTTP interface
 * @param operator {@code host:port} of the operators' interface, of several nodes with commas
 * @param access what is shown there, and by what the node is known
 */
public record Context(String name, Optional<String> node, Optional<String> operator, Access access) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** A node that asks nobody. */
    public Context(String name, Optional<String> node, Optional<String> operator) {
        this(name, node, operator, Access.NONE);
    }

    /**
     * A context whose addresses are addresses.
     *
     * @throws CommandFailed where one of the three cannot be
     */
    public Context {
        if (!NAME.matcher(name).matches()) {
            throw new CommandFailed(
                    Exit.USAGE,
                    "'" + name + "' is no name of a context, allowed: 1 to 64 letters, digits, '.', '_' and '-'");
        }
        node = node.map(NodeAddress::of).map(Object::toString);
        operator.ifPresent(OperatorAddress::all);
    }
}
