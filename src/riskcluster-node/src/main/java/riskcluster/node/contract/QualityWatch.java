package riskcluster.node.contract;

import java.util.List;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.lakehouse.quality.QualityListener;
import riskcluster.lakehouse.quality.QualityResult;

/** What the rules found in the last batch that this node committed: counted, and shown to whoever asks how it is. */
public final class QualityWatch implements QualityListener {

    private final CommitMeter meter;
    private volatile List<String> alarms = List.of();

    public QualityWatch(CommitMeter meter) {
        this.meter = meter;
    }

    @Override
    public void found(long batch, List<QualityResult> results) {
        results.stream()
                .filter(result -> !result.passed())
                .forEach(result ->
                        meter.qualityFailed(result.rule().table(), result.rule().name(), result.isError()));
        alarms = results.stream()
                .filter(result -> !result.passed())
                .map(result -> "batch " + batch + ": " + result)
                .toList();
    }

    /** The rules that the last batch broke. */
    public List<String> alarms() {
        return alarms;
    }
}
