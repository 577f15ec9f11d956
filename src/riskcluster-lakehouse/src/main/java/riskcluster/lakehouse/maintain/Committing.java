package riskcluster.lakehouse.maintain;

import riskcluster.lakehouse.commit.Rewrite;
import riskcluster.lakehouse.commit.RewriteResult;

/** The way to the committer. It blocks; an exception means that nobody knows what became of the rewrite. */
@FunctionalInterface
public interface Committing {
    RewriteResult commit(Rewrite rewrite);
}
