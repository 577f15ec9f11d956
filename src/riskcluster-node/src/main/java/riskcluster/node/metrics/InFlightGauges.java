package riskcluster.node.metrics;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongGauge;
import io.opentelemetry.api.metrics.Meter;
import riskcluster.contracts.metrics.InFlight;

/** What is on its way through the partitions. */
final class InFlightGauges {

    private final LongGauge rounds;
    private final LongGauge rowsUnwritten;
    private final LongGauge bytesUnwritten;
    private final LongGauge alertsUncommitted;
    private final LongGauge recordsUnsealed;
    private final LongGauge profilesUnsaved;
    private final LongGauge openFiles;

    InFlightGauges(Meter meter) {
        rounds = gauge(meter, "rounds", "Fetches that wait for customers or are with them.");
        rowsUnwritten = gauge(meter, "rows.unwritten", "Records handed to the writer and not yet in files.");
        bytesUnwritten = meter.gaugeBuilder("riskcluster.unwritten")
                .ofLongs()
                .setUnit("By")
                .setDescription("Keys, values and headers of the records handed to the writer and not yet in files.")
                .build();
        alertsUncommitted = gauge(meter, "alerts.uncommitted", "Alerts and dead letters sent, not yet committed.");
        recordsUnsealed = gauge(meter, "records.unsealed", "Offsets decided and not yet in a checkpoint.");
        profilesUnsaved = gauge(meter, "profiles.unsaved", "Changed profiles not yet saved.");
        openFiles = gauge(meter, "files.open", "Data files that are being written.");
    }

    private static LongGauge gauge(Meter meter, String name, String description) {
        return PartitionInstruments.gauge(meter, name, description);
    }

    void set(InFlight now, Attributes partition) {
        rounds.set(now.rounds(), partition);
        rowsUnwritten.set(now.rowsUnwritten(), partition);
        bytesUnwritten.set(now.bytesUnwritten(), partition);
        alertsUncommitted.set(now.alertsUncommitted(), partition);
        recordsUnsealed.set(now.recordsUnsealed(), partition);
        profilesUnsaved.set(now.profilesUnsaved(), partition);
        openFiles.set(now.openFiles(), partition);
    }
}
