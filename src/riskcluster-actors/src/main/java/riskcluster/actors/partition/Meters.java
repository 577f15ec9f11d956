package riskcluster.actors.partition;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import riskcluster.actors.customer.Round;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.InFlight;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.trace.RecordTrace;

/**
 * Tells of a partition's work: counts go to the meter, which is touched once a round and not once a record, and what was
 * let out of a single record goes to the trace.
 */
final class Meters {

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final PartitionMeter meter;
    private final RecordTrace trace;
    private final LongSupplier wallClockMicros;
    private final RejectedLines rejectedLines;

    /** An earlier tenure told of the records below. */
    private final long tracedFrom;

    private long sealingRecords;
    private long sealingSince;
    private long savingProfiles;
    private long savingSince;

    Meters(LogPartition source, PartitionPorts ports, long sealed) {
        this.meter = ports.meter(source);
        this.trace = ports.traces().apply(source);
        this.wallClockMicros = ports.wallClockMicros();
        this.rejectedLines = new RejectedLines(wallClockMicros);
        this.tracedFrom = sealed;
    }

    /** Its series exist before its first record. */
    void begun() {
        judged(List.of(), 0);
    }

    /** Nobody reads while it rests, so that the lag is measured otherwise. */
    void resting(boolean on, long end, long position) {
        meter.resting(on);
        if (on && end >= 0) {
            meter.lag(Math.max(0, end - position));
        }
    }

    /** The partition lives elsewhere from here on: what it told last must not stand here for ever. */
    void gone() {
        meter.resting(false);
        meter.lag(0);
        meter.customers(0);
    }

    void arrived(Round round) {
        if (round.from() >= tracedFrom) {
            trace.arrived(round.records());
        }
    }

    void alertsCommitted(long cursor) {
        trace.alertsCommitted(cursor);
    }

    void judged(List<Judged> judged, int customers) {
        trace.decided(judged);
        var bands = new long[Band.values().length];
        Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
        long duplicates = 0;
        long late = 0;
        for (var each : judged) {
            switch (each.outcome()) {
                case Outcome.Decided(var decision) -> {
                    bands[decision.band().ordinal()]++;
                    late += decision.late() ? 1 : 0;
                }
                case Outcome.Duplicate duplicate -> duplicates++;
                case Outcome.Rejected rejected -> reasons.merge(rejected.reason(), 1L, Long::sum);
                case Outcome.Erased erased -> {}
            }
        }
        for (var band : Band.values()) {
            if (bands[band.ordinal()] > 0) {
                meter.decided(band, bands[band.ordinal()]);
            }
        }
        reasons.forEach(meter::rejected);
        if (!reasons.isEmpty()) {
            rejectedLines.add(
                    judged, reasons.values().stream().mapToLong(Long::longValue).sum());
        }
        meter.duplicated(duplicates);
        meter.late(late);
        meter.customers(customers);
    }

    /** The age of an alert: from Kafka's time of its record to now. */
    void published(List<Judged> loud) {
        long nowMillis = wallClockMicros.getAsLong() / MICROS_PER_MILLI;
        long alerts = 0;
        for (var each : loud) {
            if (each.outcome() instanceof Outcome.Decided(var decision) && decision.alert()) {
                alerts++;
                meter.alertLatency(Math.max(0, nowMillis - each.record().kafkaTimeMillis()));
            }
        }
        meter.alerted(alerts);
    }

    void standing(InFlight now, boolean alarmed) {
        meter.inFlight(now);
        meter.alarmed(alarmed);
    }

    void sealing(long records) {
        sealingRecords = records;
        sealingSince = wallClockMicros.getAsLong();
    }

    void sealed() {
        meter.sealed(sealingRecords, (wallClockMicros.getAsLong() - sealingSince) * NANOS_PER_MICRO);
    }

    void saving(long profiles) {
        savingProfiles = profiles;
        savingSince = wallClockMicros.getAsLong();
    }

    void saved() {
        meter.saved(savingProfiles, (wallClockMicros.getAsLong() - savingSince) * NANOS_PER_MICRO);
    }
}
