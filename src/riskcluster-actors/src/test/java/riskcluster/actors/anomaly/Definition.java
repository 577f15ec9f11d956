package riskcluster.actors.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;

/** The contract's words on anomalies, written a second time: over the whole log at once, window by window, in two passes. */
final class Definition {

    private static final long SECOND = 1_000_000;

    private final List<Judged> log;

    /** After each record of the log. */
    private final List<Long> watermarks = new ArrayList<>();

    /** What is told at which offset; the deviation as the contract divides by it is not part of it. */
    record Told(long offset, String id, int transactions, int windows) {}

    Definition(List<Judged> log) {
        this.log = log;
        long watermark = Long.MIN_VALUE;
        for (var judged : log) {
            if (judged.outcome() instanceof Outcome.Decided(var decision)) {
                watermark = Math.max(watermark, decision.transaction().eventTimeMicros());
            }
            watermarks.add(watermark);
        }
    }

    List<Told> told(List<Integer> lengths, List<String> customers) {
        var told = new ArrayList<Told>();
        for (int seconds : lengths) {
            for (var customer : customers) {
                told.addAll(told(seconds, customer));
            }
        }
        return told;
    }

    private List<Told> told(int seconds, String customer) {
        var counts = counts(seconds * SECOND, customer);
        var told = new ArrayList<Told>();
        var earlier = new ArrayList<Integer>();
        counts.forEach((window, count) -> {
            long end = (window + 1) * seconds * SECOND;
            int closing = closing(end);
            if (closing < log.size() && isAnomaly(count, earlier)) {
                var id = "k1:" + customer + "/" + seconds + "s/" + window * seconds * SECOND;
                told.add(new Told(closing, id, count, earlier.size()));
            }
            earlier.add(count);
        });
        return told;
    }

    /** The customer's decided records by window, of those that came before the watermark had passed its end. */
    private TreeMap<Long, Integer> counts(long length, String customer) {
        var counts = new TreeMap<Long, Integer>();
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).outcome() instanceof Outcome.Decided(var decision)
                    && decision.transaction().userId().equals(customer)) {
                long window = Math.floorDiv(decision.transaction().eventTimeMicros(), length);
                if (watermarks.get(i) < (window + 1) * length) {
                    counts.merge(window, 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    /** The first offset at which the watermark has reached the end; the log's length where none has. */
    private int closing(long end) {
        int offset = 0;
        while (offset < log.size() && watermarks.get(offset) < end) {
            offset++;
        }
        return offset;
    }

    private static boolean isAnomaly(int count, List<Integer> earlier) {
        if (count < 5 || earlier.size() < 10) {
            return false;
        }
        double mean = earlier.stream().mapToInt(Integer::intValue).average().orElseThrow();
        double squares =
                earlier.stream().mapToDouble(one -> (one - mean) * (one - mean)).sum();
        double deviation = Math.sqrt(squares / (earlier.size() - 1));
        return (count - mean) / Math.max(deviation, 1) >= 3;
    }
}
