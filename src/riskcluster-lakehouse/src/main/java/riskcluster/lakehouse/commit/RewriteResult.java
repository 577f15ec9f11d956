package riskcluster.lakehouse.commit;

import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;

/** How a rewrite ended at the committer. An exception instead means: nobody knows; its owner finds out. */
public sealed interface RewriteResult {

    /** It counts. */
    record Done(TableVersion version) implements RewriteResult {}

    /** It does not count and never will; prepare another one. */
    record Refused(String why) implements RewriteResult {}

    /** It does not count, and with the rows that the tables have no later one like it ever will. */
    record Impossible(String why) implements RewriteResult {}

    /** The rewrite's owner is no longer the owner. */
    record OwnerDeposed() implements RewriteResult {}

    /** The committer is no longer the committer: ask the next one. */
    record Deposed() implements RewriteResult {}
}
