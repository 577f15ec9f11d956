package riskcluster.node.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer's live profile.
 *
 * @param partition where the customer lives
 * @param lastOffset offset of the last decided record
 * @param newestEventTime of the decided records that were not late, ISO-8601
 * @param held transactions that are remembered
 * @param windows up to the newest event time
 */
public record CustomerView(
        String userId,
        int partition,
        long lastOffset,
        @Nullable String newestEventTime,
        int held,
        List<Window> windows) {

    /**
     * What lies in one window.
     *
     * @param sum exact, as decimal text
     * @param average rounded to cents
     */
    public record Window(
            String window, int count, String sum, @Nullable String average) {}

    public CustomerView {
        windows = List.copyOf(windows);
    }
}
