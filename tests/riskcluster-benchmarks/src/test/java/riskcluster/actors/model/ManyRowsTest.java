package riskcluster.actors.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyRowsTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void manyRowsHaveTheMarginsThatEachHasAlone(long seed) {
        var made = new MadeUpForest(seed);
        var forest = made.forest((int) (1 + seed * 13 % 50), (int) (1 + seed % 9));
        var rows = made.rows(200);

        var together = ManyRows.margins(forest, rows);

        for (int row = 0; row < rows.length; row++) {
            assertThat(Float.floatToRawIntBits(together[row]))
                    .as("row %d", row)
                    .isEqualTo(Float.floatToRawIntBits(forest.margin(rows[row])));
        }
    }
}
