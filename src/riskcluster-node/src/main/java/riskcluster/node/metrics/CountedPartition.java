package riskcluster.node.metrics;

import io.opentelemetry.api.common.Attributes;
import java.util.Objects;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.InFlight;
import riskcluster.contracts.metrics.PartitionMeter;

/** Counts what one partition tells; only lag and customers are told apart by partition. */
final class CountedPartition implements PartitionMeter {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final PartitionInstruments instruments;
    private final Attributes partition;

    CountedPartition(PartitionInstruments instruments, LogPartition source) {
        this.instruments = instruments;
        this.partition = Attributes.of(Labels.PARTITION, Integer.toString(source.partition()));
    }

    @Override
    public void received(long records, long bytes) {
        instruments.received.add(records);
        instruments.bytes.add(bytes);
    }

    @Override
    public void decided(Band band, long records) {
        instruments.decisions.add(records, Objects.requireNonNull(instruments.bands.get(band)));
    }

    @Override
    public void duplicated(long records) {
        instruments.duplicates.add(records);
    }

    @Override
    public void rejected(Reason reason, long records) {
        instruments.rejected.add(records, Objects.requireNonNull(instruments.reasons.get(reason)));
    }

    @Override
    public void late(long records) {
        instruments.late.add(records);
    }

    @Override
    public void alerted(long alerts) {
        instruments.alerts.add(alerts);
    }

    @Override
    public void alertLatency(long millis) {
        instruments.alertLatency.record(millis / MILLIS_PER_SECOND);
    }

    @Override
    public void lag(long records) {
        instruments.lag.set(records, partition);
    }

    @Override
    public void customers(long inMemory) {
        instruments.customers.set(inMemory, partition);
    }

    @Override
    public void inFlight(InFlight now) {
        instruments.inFlight.set(now, partition);
    }

    @Override
    public void split(long customers) {
        instruments.split.add(customers);
    }

    @Override
    public void alarmed(boolean on) {
        instruments.alarmed.set(on ? 1 : 0, partition);
    }

    @Override
    public void resting(boolean on) {
        instruments.paused.set(on ? 1 : 0, partition);
    }

    @Override
    public void sealed(long records, long nanos) {
        instruments.sealedRecords.add(records);
        instruments.sealing.record(nanos / NANOS_PER_SECOND);
    }

    @Override
    public void saved(long profiles, long nanos) {
        instruments.savedProfiles.add(profiles);
        instruments.saving.record(nanos / NANOS_PER_SECOND);
    }
}
