package riskcluster.lakehouse.catalog;

import java.time.Duration;
import java.util.Optional;
import org.apache.iceberg.metrics.CounterResult;
import org.apache.iceberg.metrics.MetricsReport;
import org.apache.iceberg.metrics.MetricsReporter;
import org.apache.iceberg.metrics.ScanReport;
import org.apache.iceberg.metrics.TimerResult;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.metrics.CommitMeter;

/** What Iceberg reports of each search for the data files of a table, told to a meter. */
public record ScanReports(CommitMeter meter) implements MetricsReporter {

    @Override
    public void report(MetricsReport report) {
        if (report instanceof ScanReport scan) {
            var metrics = scan.scanMetrics();
            var took = Optional.ofNullable(metrics.totalPlanningDuration())
                    .map(TimerResult::totalDuration)
                    .orElse(Duration.ZERO);
            meter.planned(
                    scan.tableName(),
                    count(metrics.resultDataFiles()),
                    count(metrics.scannedDataManifests()),
                    took.toNanos());
        }
    }

    private static long count(@Nullable CounterResult counter) {
        return counter == null ? 0 : counter.value();
    }
}
