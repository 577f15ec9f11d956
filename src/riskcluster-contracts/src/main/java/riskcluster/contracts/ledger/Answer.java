package riskcluster.contracts.ledger;

/** What Postgres said to a transaction that counts. An exception instead means: nobody knows. */
public enum Answer {
    /** It happened. */
    DONE,
    /** The epoch is no longer ours: somebody else owns the place; stop. */
    FENCED,
    /** The cursor stood elsewhere than we knew: what we believe is wrong; stop and start again. */
    MOVED
}
