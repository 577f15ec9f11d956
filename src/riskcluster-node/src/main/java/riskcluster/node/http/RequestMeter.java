package riskcluster.node.http;

/** Hears of each request to the HTTP interface once it is answered. Safe for any thread; never blocks, never throws. */
@FunctionalInterface
public interface RequestMeter {

    /** Tells nobody. */
    RequestMeter NONE = (route, status, nanos) -> {};

    /**
     * A request was answered.
     *
     * @param route its path, without what the caller wrote into it
     * @param nanos until its answer, or the beginning of one without an end
     */
    void answered(String route, int status, long nanos);
}
