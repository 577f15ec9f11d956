package riskcluster.lakehouse.commit;

/** How one attempt to commit ended. An exception instead means: ask again later, nothing is lost. */
public sealed interface CommitResult {

    /** A batch became visible. */
    record Committed(BatchSummary batch) implements CommitResult {}

    /** No checkpoint waits. */
    record Nothing() implements CommitResult {}

    /** Somebody else is the committer now: stop; start again with a new incarnation if the place is to be taken. */
    record Deposed() implements CommitResult {}
}
