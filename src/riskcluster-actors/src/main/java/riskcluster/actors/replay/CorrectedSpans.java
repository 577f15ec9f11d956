package riskcluster.actors.replay;

import java.util.List;
import java.util.Optional;
import riskcluster.actors.policy.Policy;

/** Stretches of one partition's log whose decisions were replaced. Of those that overlap the last one holds. */
public record CorrectedSpans(List<Span> spans) {

    /** A log that was never corrected. */
    public static final CorrectedSpans NONE = new CorrectedSpans(List.of());

    /**
     * The offsets [from, to).
     *
     * @param policy by which they were decided; empty: by the policies of the time
     */
    public record Span(long from, long to, Optional<Policy> policy) {

        boolean contains(long offset) {
            return offset >= from && offset < to;
        }
    }

    public CorrectedSpans {
        spans = List.copyOf(spans);
    }

    /** The policy in place of that of the time, if there is one at this offset. */
    Optional<Policy> at(long offset) {
        for (Span span : spans.reversed()) {
            if (span.contains(offset)) {
                return span.policy();
            }
        }
        return Optional.empty();
    }
}
