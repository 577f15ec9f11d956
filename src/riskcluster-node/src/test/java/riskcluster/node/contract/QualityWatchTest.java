package riskcluster.node.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.lakehouse.quality.Measure;
import riskcluster.lakehouse.quality.QualityResult;
import riskcluster.lakehouse.quality.QualityRule;
import riskcluster.lakehouse.quality.QualityRule.Severity;

class QualityWatchTest {

    private final List<String> counted = new ArrayList<>();
    private final QualityWatch watch = new QualityWatch(new CommitMeter() {
        @Override
        public void qualityFailed(String table, String rule, boolean error) {
            counted.add(table + " " + rule + " " + error);
        }
    });

    @Test
    void aBrokenRuleIsCountedAndShownUntilABatchKeepsAll() {
        watch.found(7, List.of(result(Severity.WARNING, 0.2, false), result(Severity.ERROR, 0, true)));

        assertThat(counted).containsExactly("bronze.rejected few false");
        assertThat(watch.alarms())
                .containsExactly("batch 7: bronze.rejected few: share of records that were rejected: 0.2, allowed: at"
                        + " most 0.1");

        watch.found(8, List.of(result(Severity.WARNING, 0.05, true)));

        assertThat(counted).hasSize(1);
        assertThat(watch.alarms()).isEmpty();
    }

    private static QualityResult result(Severity severity, double observed, boolean passed) {
        var rule = new QualityRule(
                "bronze.rejected", "few", "conformity", severity, Measure.REJECTED_SHARE, 0, 0.1, "at most 0.1");
        return new QualityResult(rule, passed, observed);
    }
}
