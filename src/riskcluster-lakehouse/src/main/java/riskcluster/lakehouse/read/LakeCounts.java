package riskcluster.lakehouse.read;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Band;

/**
 * What the tables of one batch hold, counted by reading them.
 *
 * @param decisions rows of silver
 * @param byBand rows of silver by band; every band is there
 */
public record LakeCounts(long decided, long duplicates, long rejected, long decisions, Map<Band, Long> byBand) {

    public LakeCounts {
        byBand = Map.copyOf(byBand);
    }

    /** Counts by SQL. */
    public static LakeCounts of(BatchSql sql) {
        var bands = new EnumMap<Band, Long>(Band.class);
        for (Band band : Band.values()) {
            bands.put(band, count(sql, "SELECT count(*) FROM silver.transactions WHERE band = '" + band + "'"));
        }
        return new LakeCounts(
                count(sql, "SELECT count(*) FROM bronze.transactions WHERE disposition = 'decided'"),
                count(sql, "SELECT count(*) FROM bronze.transactions WHERE disposition = 'duplicate'"),
                count(sql, "SELECT count(*) FROM bronze.rejected"),
                count(sql, "SELECT count(*) FROM silver.transactions"),
                bands);
    }

    private static long count(BatchSql sql, String query) {
        var first = new FirstNumber();
        switch (sql.query(query, first)) {
            case SqlAnswer.Done done -> {
                return first.number;
            }
            case SqlAnswer.Refused(String why) -> throw new IllegalStateException(query + ": " + why);
        }
    }

    private static final class FirstNumber implements RowReceiver {

        private long number;

        @Override
        public void columns(List<SqlColumn> columns) {}

        @Override
        public void row(List<@Nullable Object> values) {
            if (values.getFirst() instanceof Number value) {
                number = value.longValue();
            }
        }
    }
}
