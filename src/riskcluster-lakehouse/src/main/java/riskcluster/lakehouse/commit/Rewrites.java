package riskcluster.lakehouse.commit;

import java.util.List;
import riskcluster.contracts.ledger.Ownership;

/** The committer's side of rewrites: stages one on the newest metadata and lands it in one transaction. */
@FunctionalInterface
public interface Rewrites {

    /** For a store that takes none. */
    Rewrites NONE = (committer, rewrite, garbage) -> new RewriteResult.Refused("this store takes no rewrites");

    /**
     * Commits the rewrite, or says why not.
     *
     * @param committer the epoch under which the committer acts
     * @param garbage gets the files of attempts that are proven to have failed
     */
    RewriteResult apply(Ownership committer, Rewrite rewrite, List<String> garbage);
}
