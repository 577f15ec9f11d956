package riskcluster.contracts.ledger;

import java.time.Instant;

/**
 * Somebody's wish that a partition rests.
 *
 * @param by who wished it
 * @param since Postgres' clock
 * @param reason in that person's words; empty where none was given
 */
public record Pause(String by, Instant since, String reason) {

    /** Who, since when and why, in one line. */
    public String sentence() {
        return "paused by " + by + " since " + since + (reason.isEmpty() ? "" : ": " + reason);
    }
}
