package riskcluster.lakehouse.maintain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import riskcluster.lakehouse.ledger.BatchTable.Committed;

/**
 * Which batches can be pinned: the newest, the last of an hour and of a day, and those of savepoints, which carry a tag.
 * Pure, by the batches' own times; so what is kept does not depend on when somebody looks.
 *
 * @param ids of those that are kept
 * @param tags by name the batch that each shows
 * @param forgotten ids of the others
 */
public record KeptBatches(Set<Long> ids, Map<String, Long> tags, List<Long> forgotten) {

    private static final String HOUR = "hour-";
    private static final String DAY = "day-";
    private static final String SAVEPOINT = "savepoint-";
    private static final DateTimeFormatter HOUR_NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

    /** Of these batches, the oldest first, where nobody keeps one by a savepoint. */
    public static KeptBatches of(List<Committed> batches, Thresholds thresholds) {
        return of(batches, Map.of(), thresholds);
    }

    /**
     * Of these batches, the oldest first.
     *
     * @param savepoints by name the batch that each shows
     */
    public static KeptBatches of(List<Committed> batches, Map<String, Long> savepoints, Thresholds thresholds) {
        if (batches.isEmpty()) {
            return new KeptBatches(Set.of(), Map.of(), List.of());
        }
        Instant newest = batches.getLast().at();
        var tags = new TreeMap<String, Long>();
        tags.putAll(last(batches, newest, ChronoUnit.HOURS, thresholds.hours(), HOUR, HOUR_NAME));
        tags.putAll(last(batches, newest, ChronoUnit.DAYS, thresholds.days(), DAY, DAY_NAME));
        savepoints.forEach((name, batch) -> tags.put(SAVEPOINT + name, batch));
        var ids = new TreeSet<>(tags.values());
        batches.subList(Math.max(0, batches.size() - thresholds.batches()), batches.size())
                .forEach(batch -> ids.add(batch.id()));
        List<Long> forgotten = batches.stream()
                .map(Committed::id)
                .filter(id -> !ids.contains(id))
                .toList();
        return new KeptBatches(ids, tags, forgotten);
    }

    /** The same once the others are forgotten. */
    public KeptBatches alone() {
        return new KeptBatches(ids, tags, List.of());
    }

    /** Those that are kept, and those that are not forgotten yet and can be pinned until then. */
    public Set<Long> all() {
        var all = new TreeSet<>(ids);
        all.addAll(forgotten);
        return all;
    }

    /** Whether a tag of this name is one of those that are made here. */
    static boolean isOurs(String tag) {
        return tag.startsWith(HOUR) || tag.startsWith(DAY) || tag.startsWith(SAVEPOINT);
    }

    /** The last batch of each of the last periods that are over. */
    private static Map<String, Long> last(
            List<Committed> batches,
            Instant newest,
            ChronoUnit unit,
            int count,
            String prefix,
            DateTimeFormatter name) {
        Instant under = newest.truncatedTo(unit);
        Instant from = under.minus(count, unit);
        var last = new TreeMap<String, Long>();
        for (Committed batch : batches) {
            if (!batch.at().isBefore(from) && batch.at().isBefore(under)) {
                last.merge(prefix + name.format(batch.at()), batch.id(), Math::max);
            }
        }
        return last;
    }
}
