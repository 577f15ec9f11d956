package riskcluster.lakehouse.read;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Band;

/**
 * What the tables of one batch hold, counted by reading them.
 *
 * @param decided rows of bronze that say so
 * @param decisions rows of silver
 * @param byBand rows of silver by band; every band is there
 */
public record LakeCounts(long decided, long duplicates, long rejected, long decisions, Map<Band, Long> byBand) {

    public LakeCounts {
        byBand = Map.copyOf(byBand);
    }

    /** Counts by SQL, reading each table once. */
    public static LakeCounts of(BatchSql sql) {
        var dispositions = counts(sql, "SELECT disposition, count(*) FROM bronze.transactions GROUP BY disposition");
        var rejected = counts(sql, "SELECT 'rejected', count(*) FROM bronze.rejected");
        var bands = counts(sql, "SELECT band, count(*) FROM silver.transactions GROUP BY band");
        var byBand = new EnumMap<Band, Long>(Band.class);
        for (Band band : Band.values()) {
            byBand.put(band, bands.getOrDefault(band.name(), 0L));
        }
        return new LakeCounts(
                dispositions.getOrDefault("decided", 0L),
                dispositions.getOrDefault("duplicate", 0L),
                rejected.getOrDefault("rejected", 0L),
                bands.values().stream().mapToLong(Long::longValue).sum(),
                byBand);
    }

    private static Map<String, Long> counts(BatchSql sql, String query) {
        var counts = new Counts();
        return switch (sql.query(query, counts)) {
            case SqlAnswer.Done done -> counts.byName;
            case SqlAnswer.Refused(String why) -> throw new IllegalStateException(query + ": " + why);
        };
    }

    private static final class Counts implements RowReceiver {

        private final Map<String, Long> byName = new HashMap<>();

        @Override
        public void columns(List<SqlColumn> columns) {}

        @Override
        public void row(List<@Nullable Object> values) {
            if (values.getLast() instanceof Long count) {
                byName.put(String.valueOf(values.getFirst()), count);
            }
        }
    }
}
