package riskcluster.node.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;

/**
 * Words that somebody typed, without the context among them.
 *
 * @param context what {@code --context} says
 */
record WithContext(Optional<String> context, List<String> words) {

    private static final String OPTION = "--context";

    WithContext {
        words = List.copyOf(words);
    }

    static WithContext of(List<String> typed) {
        var words = new ArrayList<String>();
        var context = Optional.<String>empty();
        for (var rest = typed.iterator(); rest.hasNext(); ) {
            var word = rest.next();
            if (word.startsWith(OPTION + "=")) {
                context = Optional.of(word.substring(OPTION.length() + 1));
            } else if (word.equals(OPTION)) {
                if (!rest.hasNext()) {
                    throw new CommandFailed(Exit.USAGE, OPTION + " needs a value: NAME; see 'riskcluster context ls'");
                }
                context = Optional.of(rest.next());
            } else {
                words.add(word);
            }
        }
        return new WithContext(context, words);
    }

    /** The words with the context at their end, where it stood before the command. */
    static String[] behind(String... typed) {
        int length = typed.length > 2 && typed[0].equals(OPTION)
                ? 2
                : typed.length > 1 && typed[0].startsWith(OPTION + "=") ? 1 : 0;
        var words = new ArrayList<>(Arrays.asList(typed).subList(length, typed.length));
        words.addAll(Arrays.asList(typed).subList(0, length));
        return words.toArray(String[]::new);
    }
}
