package riskcluster.lakehouse.maintain;

import java.util.List;

/** One incarnation of maintenance. It blocks, and is used by one thread at a time. */
public interface Maintainer {

    /**
     * Does what is most due. A {@link riskcluster.lakehouse.ledger.LedgerFailure} means that Postgres did not answer;
     * nothing is lost and the next round begins anew.
     */
    Round runOnce();

    /** How fit each table is; reads what is not known from the last look. */
    List<TableFitness> fitness();
}
