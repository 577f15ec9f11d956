package riskcluster.lakehouse.gold;

import java.util.List;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;

/** A partition's side of gold: sums up what it writes, checkpoint by checkpoint. Used by one thread at a time. */
public final class GoldPartials {

    private static final byte[] NOTHING = new byte[0];

    private Tally tally = new Tally();
    private long watermarkMicros = Long.MIN_VALUE;

    /** The partition's watermark before what comes next, microseconds since 1970 UTC. */
    public void watermark(long micros) {
        watermarkMicros = Math.max(watermarkMicros, micros);
    }

    /** Sums up these records, in the log's order. */
    public void add(List<Judged> records) {
        for (Judged judged : records) {
            watermark(judged.outcome().watermarkMicros());
            if (judged.outcome() instanceof Outcome.Decided(var decision)) {
                tally.add(decision, watermarkMicros);
                judged.customer().ifPresent(customer -> tally.point(decision));
            }
        }
    }

    /** What was summed up since the last call, as it rides in a checkpoint; empty where nothing was decided. */
    public byte[] take() {
        if (tally.isEmpty()) {
            return NOTHING;
        }
        byte[] partials = PartialWriter.write(tally);
        tally = new Tally();
        return partials;
    }
}
