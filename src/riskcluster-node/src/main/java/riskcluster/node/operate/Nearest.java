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

    /**
     * How many letters must be put in, taken out, changed or swapped with their neighbour to make one word of the other
     * (optimal string alignment, Damerau 1964).
     */
    static int distance(String one, String other) {
        var costs = new int[one.length() + 1][other.length() + 1];
        for (var row = 0; row <= one.length(); row++) {
            for (var column = 0; column <= other.length(); column++) {
                costs[row][column] = row == 0 || column == 0 ? row + column : cheapest(costs, one, row, other, column);
            }
        }
        return costs[one.length()][other.length()];
    }

    private static int cheapest(int[][] costs, String one, int row, String other, int column) {
        var same = one.charAt(row - 1) == other.charAt(column - 1);
        var cost = Math.min(
                costs[row - 1][column - 1] + (same ? 0 : 1),
                Math.min(costs[row - 1][column] + 1, costs[row][column - 1] + 1));
        var swapped = row > 1
                && column > 1
                && one.charAt(row - 1) == other.charAt(column - 2)
                && one.charAt(row - 2) == other.charAt(column - 1);
        return swapped ? Math.min(cost, costs[row - 2][column - 2] + 1) : cost;
    }
}
