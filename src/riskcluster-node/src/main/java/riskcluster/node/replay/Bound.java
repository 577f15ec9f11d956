package riskcluster.node.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One end of a range, as a person gives it. */
sealed interface Bound {

    String ALLOWED = "batch:N, a time such as 2026-01-06T10:00:00Z or 2026-01-06, or offsets such as 3:1000,4:950";

    Pattern BATCH = Pattern.compile("batch:([0-9]{1,18})");
    Pattern OFFSETS = Pattern.compile("[0-9]{1,6}:[0-9]{1,18}(,[0-9]{1,6}:[0-9]{1,18})*");

    /** The records of this batch, and those up to or from it. */
    record Batch(long id) implements Bound {}

    /** The first record whose Kafka time is not before this. */
    record Time(Instant time) implements Bound {}

    /** An offset of each of these partitions; no other partition takes part. */
    record Offsets(Map<Integer, Long> byPartition) implements Bound {}

    /** @throws IllegalArgumentException with what is allowed */
    static Bound parse(String option, String text) {
        var batch = BATCH.matcher(text);
        if (batch.matches()) {
            return new Batch(Long.parseLong(batch.group(1)));
        }
        if (OFFSETS.matcher(text).matches()) {
            return offsets(option, text);
        }
        return time(text)
                .map(Time::new)
                .orElseThrow(() -> new IllegalArgumentException(option + " is " + text + ", allowed: " + ALLOWED));
    }

    private static Bound offsets(String option, String text) {
        var offsets = new TreeMap<Integer, Long>();
        for (String one : text.split(",")) {
            var parts = one.split(":");
            if (offsets.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1])) != null) {
                throw new IllegalArgumentException(option + " names partition " + parts[0] + " twice");
            }
        }
        return new Offsets(Map.copyOf(offsets));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(
                    text.contains("T")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty(); // whoever gave it is told what is allowed
        }
    }
}
