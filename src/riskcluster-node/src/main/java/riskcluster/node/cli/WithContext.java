package riskcluster.node.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
        var taken = TakenOption.of(typed, OPTION, "NAME; see 'riskcluster context ls'");
        return new WithContext(taken.value(), taken.words());
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
