package riskcluster.lakehouse.gold;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One cell of a checkpoint as it is read: what some decisions within a slot of time add to the windows around it. */
final class Cell {

    final Cube cube;
    final long[] sums = new long[Measures.COUNT];
    final Hashes users = new Hashes();
    final Hashes devices = new Hashes();

    /** Texts of the cube's other kind, by number. */
    final @Nullable String[] otherTexts;

    /** Their hashes, where they are merchants. */
    final long[] otherHashes;

    long startMicros;

    @Nullable
    String text;

    @Nullable
    String currency;

    int mask;
    int others;
    int[] otherNumbers = new int[1];
    long[] otherTimes = new long[1];

    Cell(Cube cube, @Nullable String[] otherTexts, long[] otherHashes) {
        this.cube = cube;
        this.otherTexts = otherTexts;
        this.otherHashes = otherHashes;
    }

    void roomForOthers() {
        if (otherNumbers.length < others) {
            otherNumbers = new int[others];
            otherTimes = new long[others];
        }
    }

    /** Adds the merchants of a country; those without a name are none. */
    void merchantsInto(Hashes merchants) {
        for (int i = 0; i < others; i++) {
            if (otherNumbers[i] != Texts.NONE) {
                merchants.add(otherHashes[otherNumbers[i]]);
            }
        }
    }

    /** Adds the payment methods of a merchant, or the one that the cell is of. */
    void paymentMethodsInto(Map<@Nullable String, Long> counts) {
        if (cube == Cube.PAYMENT_METHOD) {
            counts.merge(text, sums[Measures.TRANSACTIONS], Long::sum);
        }
        for (int i = 0; i < others; i++) {
            counts.merge(otherTexts[otherNumbers[i]], otherTimes[i], Long::sum);
        }
    }
}
