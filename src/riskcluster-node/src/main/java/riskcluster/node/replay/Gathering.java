package riskcluster.node.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.replay.ReplayedPartition;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.lakehouse.correct.CorrectableColumns;
import riskcluster.lakehouse.correct.NewDecision;
import riskcluster.lakehouse.correct.NewDecisions;
import riskcluster.lakehouse.replay.Decider;
import riskcluster.lakehouse.replay.Difference;
import riskcluster.lakehouse.replay.OffsetRanges;
import riskcluster.node.view.CorrectionView;

/** What a correction of a range would publish, gathered while the log is decided again. */
final class Gathering {

    private final AtomicInteger count = new AtomicInteger();
    private final Map<LogPartition, Partition> partitions = new HashMap<>();
    private final Set<Place> changed = new HashSet<>();
    private int otherBand;
    private Optional<Difference> beyond = Optional.empty();

    /** Coordinates of a record. */
    private record Place(LogPartition source, long offset) {}

    Gathering(Map<LogPartition, ReplayedPartition> replayed, OffsetRanges range) {
        replayed.forEach((source, one) -> partitions.put(
                source,
                new Partition(one, Objects.requireNonNull(range.byPartition().get(source)))));
    }

    Map<LogPartition, Decider> deciders() {
        return Map.copyOf(partitions);
    }

    /** Hears every difference between the tables and what was decided again; of several threads. */
    synchronized void hear(Difference difference) {
        if (CorrectableColumns.mayChange(difference.column())) {
            changed.add(new Place(difference.source(), difference.offset()));
            otherBand += difference.column().equals("band") ? 1 : 0;
        } else if (beyond.isEmpty()) {
            beyond = Optional.of(difference);
        }
    }

    /** A difference that a correction does not mend. */
    synchronized Optional<Difference> beyond() {
        return beyond;
    }

    /** Rows that are others now. */
    synchronized int changed() {
        return changed.size();
    }

    /** Of those, the rows with another band. */
    synchronized int otherBand() {
        return otherBand;
    }

    NewDecisions decisions() {
        var decisions = new HashMap<LogPartition, List<NewDecision>>();
        partitions.forEach((source, one) -> decisions.put(source, one.decisions));
        return NewDecisions.of(decisions);
    }

    /** In the log's order. */
    List<CorrectionView.AlertChange> alerts() {
        return partitions.values().stream()
                .flatMap(one -> one.alerts.stream())
                .sorted(AlertChanges.IN_LOG_ORDER)
                .toList();
    }

    /** One partition's part; of one thread at a time. */
    private final class Partition implements Decider {

        private final ReplayedPartition replayed;
        private final OffsetRanges.Range range;
        private final List<NewDecision> decisions = new ArrayList<>();
        private final List<CorrectionView.AlertChange> alerts = new ArrayList<>();
        private long watermark = Outcome.NO_TIME;

        Partition(ReplayedPartition replayed, OffsetRanges.Range range) {
            this.replayed = replayed;
            this.range = range;
        }

        @Override
        public Judged decide(LogRecord record) {
            var outcomes = replayed.outcomes(record);
            watermark = Math.max(watermark, outcomes.ofTheTime().watermarkMicros());
            if (record.offset() >= range.from()
                    && outcomes.ofTheTime() instanceof Outcome.Decided(var then)
                    && outcomes.standing() instanceof Outcome.Decided(var now)) {
                demandTheSame(record, then, now);
                if (count.incrementAndGet() > NewDecisions.ROWS_MAX) {
                    throw new IllegalArgumentException("the range has more than " + NewDecisions.ROWS_MAX
                            + " decisions, which is what one correction may hold: correct it in parts");
                }
                decisions.add(NewDecision.of(record.offset(), watermark, now));
                AlertChanges.of(record, then, now).ifPresent(alerts::add);
            }
            return new Judged(record, outcomes.standing());
        }
    }

    /** What names things, and what later records of the customer rest on, stays as it was. */
    private static void demandTheSame(LogRecord record, Decision then, Decision now) {
        demand(record, "lateness", then.late(), now.late());
        demand(record, "country", then.country(), now.country());
        demand(record, "city", then.city(), now.city());
        demand(record, "pseudonym", then.customerKey(), now.customerKey());
        demand(record, "pseudonym of the device", then.deviceKey(), now.deviceKey());
    }

    private static void demand(LogRecord record, String what, @Nullable Object then, @Nullable Object now) {
        if (!Objects.equals(then, now)) {
            throw new IllegalArgumentException("by this policy the " + what + " of " + record.coordinates() + " is "
                    + now + " and was " + then + "; allowed: a policy that differs in rules, bands, zones and model,"
                    + " and not in lateness, country names and key version");
        }
    }
}
