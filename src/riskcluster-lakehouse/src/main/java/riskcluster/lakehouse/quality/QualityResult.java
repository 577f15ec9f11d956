package riskcluster.lakehouse.quality;

/**
 * What a rule found in a batch.
 *
 * @param observed NaN where there was nothing to measure; the rule is kept then
 */
public record QualityResult(QualityRule rule, boolean passed, double observed) {

    static QualityResult of(QualityRule rule, double observed) {
        boolean kept = Double.isNaN(observed) || observed >= rule.min() && observed <= rule.max();
        return new QualityResult(rule, kept, observed);
    }

    /** Whether it marks its batch. */
    public boolean isError() {
        return !passed && rule.severity() == QualityRule.Severity.ERROR;
    }

    @Override
    public String toString() {
        return rule.table() + " " + rule.name() + ": " + rule.measure().meaning() + ": " + observed + ", allowed: "
                + rule.expected();
    }
}
