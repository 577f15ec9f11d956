package riskcluster.actors.model;

/**
 * The margins of many rows in one pass: trees outside, rows inside, so that a few trees stay in the nearest cache while
 * all rows are walked. Bit for bit what {@link Forest#margin} answers for each. The program does not use it: see
 * {@code docs/adr/0011}.
 */
final class ManyRows {

    private ManyRows() {}

    static float[] margins(Forest forest, float[][] rows) {
        var keys = new long[rows.length][];
        var margins = new float[rows.length];
        for (int row = 0; row < rows.length; row++) {
            keys[row] = Forest.keys(rows[row]);
            margins[row] = forest.baseMargin;
        }
        for (int group = 0; group < forest.depths.length; group++) {
            for (int row = 0; row < rows.length; row++) {
                margins[row] = forest.walk(keys[row], group, margins[row]);
            }
        }
        return margins;
    }
}
