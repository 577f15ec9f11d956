package riskcluster.simulation.world;

/** The world said no: the one who asks is no longer who he was. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refusal(String why) {
        super(why, null, false, false);
    }
}
