package riskcluster.lakehouse.quality;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.quality.QualityRule.Severity;

/** What the rules cost a batch: CPU of the committing thread with all of them and with none, in turns. */
public final class QualityCost {

    private static final int BATCHES = 60;
    private static final int PARTITIONS = 12;

    private QualityCost() {}

    public static void main(String[] arguments) throws Exception {
        for (int round = 0; round < 3; round++) {
            for (boolean rules : new boolean[] {false, true}) {
                var folder = Files.createTempDirectory("quality-cost");
                try (var lake = new TestLake(folder)) {
                    var gate = rules ? all(lake) : QualityGate.open(lake.database);
                    var committer =
                            new Committer(lake.database, lake.catalog, UUID.randomUUID(), CommitSteps.NONE, gate);
                    System.out.printf(
                            "%s: %.2f ms of CPU a batch%n", rules ? "rules" : "none ", millis(lake, committer));
                }
            }
        }
    }

    private static double millis(TestLake lake, Committer committer) {
        var threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                lake.seal(partition, 200);
            }
            long before = threads.getCurrentThreadCpuTime();
            committer.commitOnce();
            nanos += threads.getCurrentThreadCpuTime() - before;
        }
        return nanos / 1e6 / BATCHES;
    }

    private static QualityGate all(TestLake lake) {
        var rules = new ArrayList<QualityRule>();
        for (var table : List.of("bronze.transactions", "bronze.rejected", "silver.transactions")) {
            Stream.of(Measure.values())
                    .map(measure -> new QualityRule(
                            table, measure.text(), "accuracy", Severity.WARNING, measure, -1e300, 1e300, "anything"))
                    .forEach(rules::add);
        }
        var ranges = Stream.of("amount", "hour", "day_of_week", "tx_count_30m", "probability", "source_offset")
                .map(column ->
                        new ColumnRange("silver.transactions", column, Optional.of(BigDecimal.ZERO), Optional.empty()))
                .toList();
        return new QualityGate(lake.database, rules, ranges, QualityListener.NONE);
    }
}
