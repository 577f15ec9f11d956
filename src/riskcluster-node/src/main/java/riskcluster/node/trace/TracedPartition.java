package riskcluster.node.trace;

import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.trace.RecordTrace;
import riskcluster.lakehouse.ledger.CheckpointTable.Visible;

/** The followed records of one partition, by offset: told by its actor, and by the thread that looks for commits. */
final class TracedPartition implements RecordTrace {

    private final Tracer tracer;
    private final int followedMax;
    private final LongSupplier nowMicros;
    private final TreeMap<Long, Followed> followed = new TreeMap<>();

    /**
     * A partition of which nothing is followed yet.
     *
     * @param followedMax at one time; what comes beyond is not followed
     */
    TracedPartition(Tracer tracer, int followedMax, LongSupplier nowMicros) {
        this.tracer = tracer;
        this.followedMax = followedMax;
        this.nowMicros = nowMicros;
    }

    @Override
    public synchronized void arrived(List<LogRecord> records) {
        for (var record : records) {
            var parent = TraceParent.of(record);
            if (parent.isPresent() && followed.size() < followedMax) {
                var one = new Followed(tracer, parent.get(), record, nowMicros.getAsLong());
                var before = followed.put(record.offset(), one);
                if (before != null) {
                    before.giveUp("the partition started again before its rows were visible");
                }
            }
        }
    }

    @Override
    public synchronized void decided(List<Judged> judged) {
        if (followed.isEmpty()) {
            return;
        }
        for (var each : judged) {
            var one = followed.get(each.record().offset());
            if (one != null && !one.isDecided()) {
                one.decided(each, nowMicros.getAsLong());
            }
        }
    }

    @Override
    public synchronized void alertsCommitted(long cursor) {
        for (var one : followed.headMap(cursor).values()) {
            one.alertsCommitted(nowMicros.getAsLong());
        }
        endThoseDone();
    }

    /** The first record that is decided and not visible yet. */
    synchronized OptionalLong waiting() {
        return followed.entrySet().stream()
                .filter(entry ->
                        entry.getValue().isDecided() && !entry.getValue().isVisible())
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }

    /** This checkpoint can be read. */
    synchronized void visible(Visible checkpoint) {
        followed.headMap(checkpoint.to()).values().stream()
                .filter(one -> one.isDecided() && !one.isVisible())
                .forEach(one -> one.visible(checkpoint));
        endThoseDone();
    }

    /** Those that arrived before {@code micros} are not waited for any longer. */
    synchronized void giveUp(long micros) {
        followed.values().removeIf(one -> {
            boolean old = one.arrivedAt() < micros;
            if (old) {
                one.giveUp("not visible in the tables");
            }
            return old;
        });
    }

    private void endThoseDone() {
        followed.values().removeIf(one -> {
            if (one.isDone()) {
                one.end();
            }
            return one.isDone();
        });
    }
}
