package riskcluster.node.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import riskcluster.contracts.decision.Band;
import riskcluster.lakehouse.read.LakeCounts;

/** Whether what was sent, what is in the tables and what is on the alert topic agree; collects where they do not. */
final class Agreement {

    private final List<String> mismatches = new ArrayList<>();

    /** Each record that was sent is in bronze once, each decided one in silver once. */
    Agreement tables(long sent, LakeCounts counts) {
        var bronze = counts.decided() + counts.duplicates() + counts.rejected();
        return same("records sent", sent, "rows of bronze", bronze)
                .same("decided rows of bronze", counts.decided(), "rows of silver", counts.decisions());
    }

    /** Each decision in a band that alerts is on the alert topic, and no other. */
    Agreement alerts(Map<Band, Long> onTopic, LakeCounts counts, Predicate<Band> alerting) {
        for (var band : Band.values()) {
            var due = alerting.test(band) ? counts.byBand().getOrDefault(band, 0L) : 0L;
            same(band + " alerts on the topic", onTopic.getOrDefault(band, 0L), "in silver", due);
        }
        return this;
    }

    /** What the generator broke or repeated on purpose was rejected or recognised, and nothing else. */
    Agreement known(Optional<Supply.Known> known, LakeCounts counts) {
        known.ifPresent(made -> same("records made bad", made.bad(), "rejected", counts.rejected())
                .same("records sent again", made.resent(), "duplicates", counts.duplicates()));
        return this;
    }

    /** Two numbers that must be equal, and what they count. */
    Agreement same(String what, long one, String against, long other) {
        if (one != other) {
            mismatches.add(String.format(Locale.ROOT, "%s: %,d, %s: %,d", what, one, against, other));
        }
        return this;
    }

    /** Where something does not agree, one sentence each. */
    List<String> mismatches() {
        return List.copyOf(mismatches);
    }
}
