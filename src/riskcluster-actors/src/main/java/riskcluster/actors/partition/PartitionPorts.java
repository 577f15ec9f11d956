package riskcluster.actors.partition;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import riskcluster.actors.alert.AlertLog;
import riskcluster.actors.anomaly.AnomalyRule;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.log.InputLog;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.lake.Lake;
import riskcluster.contracts.ledger.PartitionLedger;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.contracts.trace.RecordTrace;

/**
 * Everything outside that a partition works with.
 *
 * @param wanted the policy that this node was started with; placed where another one is in force
 * @param anomalies when customers' windows are anomalies; empty where nobody looks for them, as without gold
 * @param star whether customers' versions are told with each decision; only where anomalies are looked for
 * @param traces follow single records of a partition
 * @param steps hears how far the protocol has come; only kill tests listen
 * @param blocking runs calls that wait for Postgres or Kafka
 * @param wallClockMicros for {@code ingest_time} and for the age of alerts, never for a decision
 */
public record PartitionPorts(
        InputLog log,
        AlertLog alertLog,
        PartitionLedger ledger,
        Lake lake,
        Decoder decoder,
        Scorer scorer,
        Policy wanted,
        Optional<AnomalyRule> anomalies,
        boolean star,
        Function<LogPartition, PartitionMeter> meters,
        Function<LogPartition, RecordTrace> traces,
        Pace pace,
        Steps steps,
        Executor blocking,
        LongSupplier wallClockMicros) {

    PartitionMeter meter(LogPartition source) {
        return meters.apply(source);
    }
}
