package riskcluster.actors.customer;

import riskcluster.actors.score.ProfilePlace;

/**
 * The profile of a customer as it was after the newest round that his partition settled: he himself may be further. Belongs
 * to the partition.
 */
public class Settled extends ProfilePlace {
    private final String userId;
    private boolean changed;

    public Settled(String userId) {
        this.userId = userId;
    }

    public final String userId() {
        return userId;
    }

    /** Whether it is the first change since {@link #cut}. */
    final boolean change() {
        boolean first = !changed;
        changed = true;
        return first;
    }

    /** It is to be saved as it stands here. */
    public final void cut() {
        changed = false;
    }
}
