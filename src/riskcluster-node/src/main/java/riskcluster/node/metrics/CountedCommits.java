package riskcluster.node.metrics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleGauge;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongGauge;
import io.opentelemetry.api.metrics.Meter;
import java.time.Clock;
import java.util.List;
import riskcluster.contracts.metrics.CommitMeter;

/** Counts what the committer tells. */
final class CountedCommits implements CommitMeter {

    private static final List<Double> FRESHNESS_SECONDS =
            List.of(0.5, 1.0, 2.0, 3.0, 5.0, 7.5, 10.0, 15.0, 30.0, 60.0, 300.0, 3_600.0);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final Clock clock;
    private final DoubleHistogram duration;
    private final DoubleHistogram freshness;
    private final LongCounter checkpoints;
    private final LongCounter records;
    private final LongCounter files;
    private final LongCounter failures;
    private final LongCounter leftOut;
    private final LongCounter qualityFailures;
    private final LongCounter addedFiles;
    private final LongCounter addedBytes;
    private final LongGauge tableFiles;
    private final LongGauge tableBytes;
    private final LongCounter scans;
    private final LongCounter scannedFiles;
    private final LongCounter scannedManifests;
    private final DoubleHistogram planning;
    private final LongGauge batch;
    private final DoubleGauge lastCommit;

    CountedCommits(Meter meter, Clock clock) {
        this.clock = clock;
        duration = PartitionInstruments.seconds(
                meter,
                "commit.duration",
                "From taking the checkpoints of a batch to the answer of Postgres.",
                PartitionInstruments.STEP_SECONDS);
        freshness = PartitionInstruments.seconds(
                meter,
                "freshness",
                "Age of a batch's oldest record by its Kafka time when the batch was committed.",
                FRESHNESS_SECONDS);
        checkpoints = PartitionInstruments.counter(meter, "committed.checkpoints", "Checkpoints committed.");
        records = PartitionInstruments.counter(meter, "committed.records", "Records committed.");
        files = PartitionInstruments.counter(meter, "committed.files", "Data files committed.");
        failures = PartitionInstruments.counterFromZero(
                meter, "commit.failures", "Commits that failed or whose answer was lost.");
        leftOut = PartitionInstruments.counterFromZero(
                meter, "gold.left.out", "Decisions that came too late to correct some window of gold they lie in.");
        qualityFailures = PartitionInstruments.counter(
                meter, "quality.failures", "Rules of data contracts that committed batches broke.");
        addedFiles =
                PartitionInstruments.counter(meter, "table.added.files", "Data files that batches added to a table.");
        addedBytes = meter.counterBuilder("riskcluster.table.added")
                .setUnit("By")
                .setDescription("Bytes of the data files that batches added to a table.")
                .build();
        tableFiles = PartitionInstruments.gauge(
                meter, "table.files", "Data files of a table after the last batch that changed it.");
        tableBytes = meter.gaugeBuilder("riskcluster.table.size")
                .ofLongs()
                .setUnit("By")
                .setDescription("Bytes of the data files of a table after the last batch that changed it.")
                .build();
        scans = PartitionInstruments.counter(
                meter, "scans", "Searches for the data files of a table that a query needs.");
        scannedFiles = PartitionInstruments.counter(meter, "scan.files", "Data files that those found.");
        scannedManifests = PartitionInstruments.counter(meter, "scan.manifests", "Manifests that were read for those.");
        planning = PartitionInstruments.seconds(
                meter,
                "scan.planning.duration",
                "Looking which data files a query needs.",
                PartitionInstruments.STEP_SECONDS);
        batch = PartitionInstruments.gauge(meter, "batch", "Number of the last committed batch.");
        lastCommit = meter.gaugeBuilder("riskcluster.last.commit.timestamp")
                .setUnit("s")
                .setDescription("When the last batch was committed, since 1970 UTC.")
                .build();
    }

    @Override
    public void committed(
            long batchId, int committedCheckpoints, long committedRecords, int committedFiles, long nanos) {
        checkpoints.add(committedCheckpoints);
        records.add(committedRecords);
        files.add(committedFiles);
        duration.record(nanos / NANOS_PER_SECOND);
        batch.set(batchId);
        lastCommit.set(clock.millis() / MILLIS_PER_SECOND);
    }

    @Override
    public void leftOut(long decisions) {
        leftOut.add(decisions);
    }

    @Override
    public void grew(String table, long moreFiles, long moreBytes, long allFiles, long allBytes) {
        var label = Attributes.of(Labels.TABLE, table);
        addedFiles.add(moreFiles, label);
        addedBytes.add(moreBytes, label);
        tableFiles.set(allFiles, label);
        tableBytes.set(allBytes, label);
    }

    @Override
    public void planned(String table, long foundFiles, long readManifests, long nanos) {
        var label = Attributes.of(Labels.TABLE, table);
        scans.add(1, label);
        scannedFiles.add(foundFiles, label);
        scannedManifests.add(readManifests, label);
        planning.record(nanos / NANOS_PER_SECOND);
    }

    @Override
    public void qualityFailed(String table, String rule, boolean error) {
        qualityFailures.add(
                1,
                Attributes.of(
                        Labels.TABLE,
                        table,
                        AttributeKey.stringKey("rule"),
                        rule,
                        AttributeKey.stringKey("severity"),
                        error ? "error" : "warning"));
    }

    @Override
    public void failed() {
        failures.add(1);
    }

    @Override
    public void freshness(long millis) {
        freshness.record(millis / MILLIS_PER_SECOND);
    }
}
