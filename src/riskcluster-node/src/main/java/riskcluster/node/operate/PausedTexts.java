package riskcluster.node.operate;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.lakehouse.ledger.LedgerFailure;

/** What is told to people of the partitions that somebody wants to rest. */
final class PausedTexts {

    private static final Logger LOG = LoggerFactory.getLogger(PausedTexts.class);

    private PausedTexts() {}

    /** By partition; none where Postgres does not answer, which is told elsewhere. */
    static Map<Integer, String> of(Pauses pauses) {
        var texts = new TreeMap<Integer, String>();
        try {
            pauses.all().forEach((partition, stored) -> {
                var at = stored.restsAt();
                var where = at.isPresent() ? "rests at " + at.getAsLong() : "comes to rest";
                texts.put(partition, where + ", " + stored.pause().sentence());
            });
        } catch (LedgerFailure silent) {
            LOG.warn("nobody knows which partitions are to rest: {}", silent.toString());
        }
        return texts;
    }
}
