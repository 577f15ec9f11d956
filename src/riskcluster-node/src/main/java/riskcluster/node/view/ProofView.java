package riskcluster.node.view;

import java.util.List;
import org.jspecify.annotations.Nullable;
import riskcluster.lakehouse.erase.ErasureProof;

/**
 * What a search for a customer over all files found.
 *
 * @param clean nothing
 * @param step of the erasure that was asked for; absent where none was
 * @param at when the search ended
 * @param error {@code RC-nnnn} where something was found
 * @param profile whether a partition has saved a profile of him
 * @param topics that have copies which no erasure reaches
 */
public record ProofView(
        boolean clean,
        @Nullable String step,
        String at,
        @Nullable String error,
        boolean profile,
        int files,
        List<ErasureProof.Searched> tables,
        List<ErasureProof.Found> found,
        List<Topic> topics) {

    /**
     * A topic in which records of the customer were sent.
     *
     * @param retention as the broker says it
     * @param gone by when everything sent until the erasure is deleted by it; or why that cannot be said
     */
    public record Topic(String topic, String holds, String retention, String gone) {}

    public ProofView {
        tables = List.copyOf(tables);
        found = List.copyOf(found);
        topics = List.copyOf(topics);
    }
}
