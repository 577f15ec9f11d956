package riskcluster.node.view;

import org.jspecify.annotations.Nullable;

/**
 * An erasure of a customer; it never says whose.
 *
 * @param step how far it has come
 * @param waitsUntil when the last file that nothing refers to any more may go
 * @param error {@code RC-nnnn} where the last search still found something
 */
public record ErasureView(
        String id,
        String what,
        String step,
        @Nullable String requested,
        @Nullable String waitsUntil,
        @Nullable String done,
        @Nullable String error) {

    /** Files of a table that hold the customer. */
    public record Touched(String table, int files) {}
}
