package riskcluster.node.metrics;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongGauge;
import io.opentelemetry.api.metrics.Meter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Reason;

/** What is counted about partitions. Labels are bounded: bands, reasons and partitions, nothing that a sender writes. */
final class PartitionInstruments {

    private static final List<Double> ALERT_SECONDS =
            List.of(0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0);
    /** Durations of a step that waits for Postgres or for files. */
    static final List<Double> STEP_SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

    final LongCounter received;
    final LongCounter bytes;
    final LongCounter decisions;
    final LongCounter duplicates;
    final LongCounter rejected;
    final LongCounter late;
    final LongCounter alerts;
    final DoubleHistogram alertLatency;
    final LongGauge lag;
    final LongGauge customers;
    final InFlightGauges inFlight;
    final LongGauge alarmed;
    final LongGauge paused;
    final LongCounter split;
    final LongCounter sealedRecords;
    final DoubleHistogram sealing;
    final LongCounter savedProfiles;
    final DoubleHistogram saving;
    final Map<Band, Attributes> bands = attributes(Band.class, band -> Attributes.of(Labels.BAND, band.name()));
    final Map<Reason, Attributes> reasons =
            attributes(Reason.class, reason -> Attributes.of(Labels.REASON, reason.code()));

    PartitionInstruments(Meter meter) {
        received = counter(meter, "records.received", "Input records read, whatever became of them.");
        bytes = meter.counterBuilder("riskcluster.received")
                .setUnit("By")
                .setDescription("Bytes of keys and values of the input records read.")
                .build();
        decisions = counter(meter, "decisions", "Records decided, by band.");
        duplicates = counter(meter, "duplicates", "Accepted records that their customer had before.");
        rejected = counter(meter, "records.rejected", "Records rejected, by reason.");
        late = counter(meter, "records.late", "Decided records behind the allowed lateness.");
        alerts = counter(meter, "alerts", "Alerts whose Kafka transaction is committed.");
        alertLatency = seconds(
                meter,
                "alert.latency",
                "From a record's Kafka time to the commit of its alert's transaction.",
                ALERT_SECONDS);
        lag = gauge(meter, "lag.records", "Records between a partition's position and the end of its log.");
        customers = gauge(meter, "customers", "Customers whose profile is in memory.");
        inFlight = new InFlightGauges(meter);
        alarmed = gauge(meter, "partition.alarm", "1 while a partition stands still or waits for something outside.");
        paused = gauge(meter, "partition.paused", "1 while a partition rests because an operator wants it to.");
        split = counter(
                meter,
                "customers.split",
                "Saved customers with records in another partition too: their windows are split.");
        sealedRecords = counter(meter, "checkpoint.records", "Records in sealed checkpoints.");
        sealing = seconds(
                meter,
                "checkpoint.duration",
                "From closing a checkpoint's files to the answer of Postgres.",
                STEP_SECONDS);
        savedProfiles = counter(meter, "profiles.saved", "Changed profiles saved.");
        saving = seconds(meter, "profile.save.duration", "Saving one cut of profiles.", STEP_SECONDS);
    }

    static LongCounter counter(Meter meter, String name, String description) {
        return meter.counterBuilder("riskcluster." + name)
                .setDescription(description)
                .build();
    }

    static LongGauge gauge(Meter meter, String name, String description) {
        return meter.gaugeBuilder("riskcluster." + name)
                .ofLongs()
                .setDescription(description)
                .build();
    }

    static DoubleHistogram seconds(Meter meter, String name, String description, List<Double> buckets) {
        return meter.histogramBuilder("riskcluster." + name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(buckets)
                .build();
    }

    private static <E extends Enum<E>> Map<E, Attributes> attributes(Class<E> type, Function<E, Attributes> of) {
        var attributes = new EnumMap<E, Attributes>(type);
        Arrays.stream(type.getEnumConstants()).forEach(each -> attributes.put(each, of.apply(each)));
        return attributes;
    }
}
