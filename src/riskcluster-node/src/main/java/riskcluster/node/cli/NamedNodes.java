package riskcluster.node.cli;

import java.util.List;
import java.util.Optional;
import riskcluster.node.operate.client.SeveralNodes;
import riskcluster.node.terminal.Access;
import riskcluster.node.terminal.OperatorAddress;
import riskcluster.node.terminal.Screen;
import riskcluster.node.terminal.Target;

/**
 * Words that somebody typed, without the nodes among them.
 *
 * @param nodes what {@code --node} says
 */
record NamedNodes(Optional<String> nodes, List<String> words) {

    private static final String OPTION = "--node";

    NamedNodes {
        words = List.copyOf(words);
    }

    static NamedNodes of(List<String> typed) {
        var taken = TakenOption.of(typed, OPTION, "HOST:PORT, several with commas");
        return new NamedNodes(taken.value(), taken.words());
    }

    /** Asks the nodes that are named here, else those of the target. */
    int run(Screen screen, Target target) {
        return SeveralNodes.run(screen, nodes.map(NamedNodes::addresses).orElseGet(target::operatorAddresses), words);
    }

    private static List<OperatorAddress> addresses(String text) {
        return OperatorAddress.all(text).stream()
                .map(address -> address.with(Access.told()))
                .toList();
    }
}
