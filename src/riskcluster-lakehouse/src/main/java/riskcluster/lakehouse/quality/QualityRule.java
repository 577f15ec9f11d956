package riskcluster.lakehouse.quality;

/**
 * A rule of a table's contract that every batch is held to.
 *
 * @param table {@code namespace.name}
 * @param min the least that is allowed
 * @param max the most that is allowed
 * @param expected what is allowed, in words
 */
public record QualityRule(
        String table,
        String name,
        String dimension,
        Severity severity,
        Measure measure,
        double min,
        double max,
        String expected) {

    /** How much a failure matters. */
    public enum Severity {
        /** The batch is marked with a tag. */
        ERROR,
        /** It is told, and no more. */
        WARNING
    }

    public QualityRule {
        if (!(min <= max)) {
            throw new IllegalArgumentException("rule " + name + " of " + table + " allows " + min + " to " + max
                    + ", allowed: at least one value");
        }
    }
}
