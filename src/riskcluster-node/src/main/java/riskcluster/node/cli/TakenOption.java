package riskcluster.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;

/**
 * Words that somebody typed, without an option of this program among those that are a node's.
 *
 * @param value what the option says, the last time it stands there
 * @param words the others
 */
record TakenOption(Optional<String> value, List<String> words) {

    TakenOption {
        words = List.copyOf(words);
    }

    /**
     * Takes it out, {@code NAME VALUE} or {@code NAME=VALUE}.
     *
     * @param needed what it needs, for whoever left it out
     */
    static TakenOption of(List<String> typed, String option, String needed) {
        var words = new ArrayList<String>();
        var value = Optional.<String>empty();
        for (var rest = typed.iterator(); rest.hasNext(); ) {
            var word = rest.next();
            if (word.startsWith(option + "=")) {
                value = Optional.of(word.substring(option.length() + 1));
            } else if (word.equals(option)) {
                if (!rest.hasNext()) {
                    throw new CommandFailed(Exit.USAGE, option + " needs a value: " + needed);
                }
                value = Optional.of(rest.next());
            } else {
                words.add(word);
            }
        }
        return new TakenOption(value, words);
    }
}
