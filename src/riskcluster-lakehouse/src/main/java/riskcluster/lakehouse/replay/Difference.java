package riskcluster.lakehouse.replay;

import java.util.Comparator;
import riskcluster.contracts.log.LogPartition;

/**
 * One value on which a table and the replay do not agree.
 *
 * @param table qualified name
 * @param column where they differ; {@code row} where one of them has the row and the other has not
 * @param stands what the table says
 * @param replayed what the replay says
 */
public record Difference(
        String table, LogPartition source, long offset, String column, String stands, String replayed) {

    /** By partition and offset. */
    static final Comparator<Difference> IN_LOG_ORDER = Comparator.comparing(
                    (Difference one) -> one.source().topic())
            .thenComparing(one -> one.source().partition())
            .thenComparing(Difference::offset)
            .thenComparing(Difference::table)
            .thenComparing(Difference::column)
            .thenComparing(Difference::stands)
            .thenComparing(Difference::replayed);
}
