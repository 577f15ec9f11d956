package riskcluster.actors.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import riskcluster.contracts.decision.Anomaly;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;

/**
 * Follows a partition's log and tells anomalies at the record that closes their window: the first decided one whose event
 * time is at or past the window's end. A function of the log up to that record and of nothing else.
 *
 * <p>No event lies past the watermark, so of each length only the window in which the watermark lies is open, for every
 * customer; a record of an earlier window changes nothing. A count in an open window only grows, so a window that would
 * be an anomaly stays one: to remember those few is enough, and to close a window asks nothing of the other customers.
 */
public final class Watch {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final AnomalyRule rule;
    private final Customers customers;
    private final List<TreeMap<String, Rush>> rushes = new ArrayList<>();
    private long watermarkMicros;

    /** Where customers' tempos are kept. */
    public interface Customers {
        /** The tempos of a customer of whom a record was decided. */
        Tempos tempos(String userId);

        void tempos(String userId, Tempos tempos);
    }

    /**
     * @param watermarkMicros greatest event time among the partition's decided records so far
     * @param open windows that are rushes there
     */
    public Watch(AnomalyRule rule, Customers customers, long watermarkMicros, List<Rush> open) {
        this.rule = rule;
        this.customers = customers;
        this.watermarkMicros = watermarkMicros;
        for (int length = 0; length < Tempos.LENGTHS; length++) {
            rushes.add(new TreeMap<>());
        }
        open.forEach(rush -> rushes.get(rush.length()).put(rush.userId(), rush));
    }

    /** The same records, each with the anomalies that it closed; they come in the log's order. */
    public List<Judged> follow(List<Judged> records) {
        var followed = new ArrayList<Judged>(records.size());
        for (var judged : records) {
            followed.add(followed(judged));
        }
        return followed;
    }

    /** What is left of an erased record still moves the watermark, but counts for nobody. */
    private Judged followed(Judged judged) {
        List<Anomaly> closed = advanced(judged.outcome().watermarkMicros());
        if (judged.outcome() instanceof Outcome.Decided(var decision)) {
            count(decision);
        }
        return closed.isEmpty() ? judged : judged.closing(closed);
    }

    /** Moves the watermark; what it passes closes, in the order of lengths and then of customers. */
    private List<Anomaly> advanced(long micros) {
        if (micros <= watermarkMicros) {
            return List.of();
        }
        List<Anomaly> closed = List.of();
        for (int length = 0; length < Tempos.LENGTHS; length++) {
            var open = rushes.get(length);
            if (!open.isEmpty() && window(length, micros) != window(length, watermarkMicros)) {
                closed = closed.isEmpty() ? new ArrayList<>() : closed;
                for (var rush : open.values()) {
                    closed.add(rush.closed(rule));
                }
                open.clear();
            }
        }
        watermarkMicros = micros;
        return closed;
    }

    private void count(Decision decision) {
        var userId = decision.transaction().userId();
        long micros = decision.transaction().eventTimeMicros();
        var before = customers.tempos(userId);
        var tempos = before;
        for (int length = 0; length < Tempos.LENGTHS; length++) {
            long window = window(length, micros);
            if (window == window(length, watermarkMicros)) {
                var tempo = tempos.of(length).counted(window);
                tempos = tempos.with(length, tempo);
                if (rule.isMet(tempo)) {
                    rushes.get(length).put(userId, new Rush(length, userId, decision.customerKey(), tempo));
                }
            }
        }
        if (!tempos.equals(before)) {
            customers.tempos(userId, tempos);
        }
    }

    private long window(int length, long micros) {
        return Math.floorDiv(micros, rule.windowSeconds().get(length) * MICROS_PER_SECOND);
    }

    /** The open windows that are rushes now, in their order. */
    public List<Rush> open() {
        var open = new ArrayList<Rush>();
        rushes.forEach(ofLength -> open.addAll(ofLength.values()));
        return List.copyOf(open);
    }

    /** The customer's tempos now. */
    public Tempos tempos(String userId) {
        return customers.tempos(userId);
    }
}
