package riskcluster.node.operate;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that somebody may have meant. */
final class Nearest {

    /** Words of the tenfold length are not compared letter by letter. */
    private static final int LENGTH_MAX = 100;

    private Nearest() {}

    /** The most similar of the known words, where one is similar: at most a third of its letters differ. */
    static Optional<String> to(String typed, Collection<String> known) {
        if (typed.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        return known.stream()
                .filter(word -> distance(typed, word) <= Math.max(1, word.length() / 3))
                .min(Comparator.<String>comparingInt(word -> distance(typed, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code ; did you mean 'x'?}, or nothing. */
    static String hint(String typed, Collection<String> known) {
        return to(typed, known).map(word -> "; did you mean '" + word + "'?").orElse("");
    }

    /** How many letters must be put in, taken out or changed to make one word of the other (Levenshtein 1966). */
    static int distance(String one, String other) {
        var above = new int[other.length() + 1];
        for (var column = 0; column <= other.length(); column++) {
            above[column] = column;
        }
        for (var row = 1; row <= one.length(); row++) {
            var line = new int[other.length() + 1];
            line[0] = row;
            for (var column = 1; column <= other.length(); column++) {
                var change = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                line[column] =
                        Math.min(above[column - 1] + change, Math.min(above[column] + 1, line[column - 1] + 1));
            }
            above = line;
        }
        return above[other.length()];
    }
}
