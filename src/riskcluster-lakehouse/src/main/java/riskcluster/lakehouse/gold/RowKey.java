package riskcluster.lakehouse.gold;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What tells the rows of a windowed table apart.
 *
 * @param startMicros start of the window
 * @param text of the table's cube
 */
record RowKey(
        long startMicros, @Nullable String text, @Nullable String currency) implements Comparable<RowKey> {

    private static final Comparator<@Nullable String> TEXTS = Comparator.nullsFirst(Comparator.naturalOrder());

    @Override
    public int compareTo(RowKey other) {
        int order = Long.compare(startMicros, other.startMicros);
        if (order == 0) {
            order = TEXTS.compare(text, other.text);
        }
        return order == 0 ? TEXTS.compare(currency, other.currency) : order;
    }
}
