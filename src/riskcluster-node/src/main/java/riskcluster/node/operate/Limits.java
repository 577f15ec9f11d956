package riskcluster.node.operate;

import java.time.Duration;

/**
 * What the operators' interface allows.
 *
 * @param connectionsMax clients at the same time
 * @param helloMax until a new connection has said hello
 * @param frameMax from a frame's first byte to its last, in either direction
 * @param idleMax a connection on which nothing is asked
 * @param commandMax a command that is not endless
 */
public record Limits(int connectionsMax, Duration helloMax, Duration frameMax, Duration idleMax, Duration commandMax) {

    /** Enough for people and scripts, and little enough to do a node no harm. */
    public static Limits standard() {
        return new Limits(
                16, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(30), Duration.ofSeconds(20));
    }
}
