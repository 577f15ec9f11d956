package riskcluster.actors.anomaly;

import riskcluster.actors.star.Standing;

/** What gold remembers of a customer beside his profile. Never changed, so that a cut of profiles may hold it. */
public record Beside(Tempos tempos, Standing standing) {

    /** Of a customer who was never seen, or where gold is not made. */
    public static final Beside NOTHING = new Beside(Tempos.NONE, Standing.NONE);
}
