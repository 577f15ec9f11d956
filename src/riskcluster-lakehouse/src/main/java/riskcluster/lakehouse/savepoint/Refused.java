package riskcluster.lakehouse.savepoint;

/**
 * Why nothing was done with a savepoint.
 *
 * @param what in a sentence's words
 */
public record Refused(Why why, String what) implements Savepoints.Made, Restoring.Planned, Restoring.Ended {

    /** The kinds of reasons. */
    public enum Why {
        /** The name is taken, or there is no savepoint of it, or it is none. */
        NAME,
        /** None can be made now: nothing is committed, a partition has no owner yet, commits are behind, one is erased. */
        NOT_NOW,
        /** It cannot be gone back to: snapshots are gone, or another program made it. */
        UNUSABLE,
        /** A node lives, or somebody else moves the tables. */
        NOT_ALONE
    }
}
