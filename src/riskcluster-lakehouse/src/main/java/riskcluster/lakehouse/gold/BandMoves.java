package riskcluster.lakehouse.gold;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Band;

/**
 * What windows gain where decisions are replaced: of all that gold sums up only the counts by band follow from a decision,
 * everything else from what was sent. So the new row is the old one with some counts less and some more.
 */
final class BandMoves {

    private static final String A_BAND = "medium";
    private static final long[] NOBODY = {};

    private BandMoves() {}

    /** Whether rows of this table count bands. */
    static boolean concern(WindowedTable table) {
        return table.definition().columns().stream()
                .anyMatch(column -> column.name().equals(A_BAND));
    }

    /** What the table's rows gain, in the order of their keys; a decision that was left out of a window stays out. */
    static List<Gain> gains(WindowedTable table, Collection<BandMove> moves) {
        var sums = new TreeMap<RowKey, long[]>();
        for (BandMove move : moves) {
            int mask = Correction.mask(table.cube(), move.eventMicros(), move.watermarkMicros());
            for (int back = 0; back < table.windows(); back++) {
                if ((mask & table.bit(back)) != 0) {
                    long start = table.windowStart(move.eventMicros(), back);
                    var key = table.key(start, move.text(table.cube()), move.currency());
                    var row = sums.computeIfAbsent(key, first -> new long[Measures.COUNT]);
                    count(row, move.from(), -1);
                    count(row, move.to(), 1);
                }
            }
        }
        var gains = new ArrayList<Gain>(sums.size());
        sums.forEach((key, gained) -> {
            if (isAny(gained)) {
                gains.add(new Gain(key, List.of(cell(key, key.text(), gained))));
            }
        });
        return gains;
    }

    private static Cell cell(RowKey key, @Nullable String text, long[] sums) {
        return new Cell(
                0, key.startMicros(), text, key.currency(), Correction.ALL, sums, NOBODY, NOBODY, NOBODY, Split.NONE);
    }

    private static void count(long[] sums, Band band, int times) {
        switch (band) {
            case MEDIUM -> sums[Measures.MEDIUM] += times;
            case HIGH -> sums[Measures.HIGH] += times;
            case CRITICAL -> sums[Measures.CRITICAL] += times;
            case MINIMAL, LOW -> {}
        }
    }

    private static boolean isAny(long[] sums) {
        for (long sum : sums) {
            if (sum != 0) {
                return true;
            }
        }
        return false;
    }
}
