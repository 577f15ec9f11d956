package riskcluster.actors.alert;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a partition stood in Postgres and in its log when its alert cursor was committed to Kafka. It tells a Postgres
 * that has lost its tail from one that has not, and a log that was cut from one that was not.
 *
 * @param epoch of the owner
 * @param data offset up to which checkpoints were known to be sealed
 * @param profile offset up to which profiles were known to be saved
 * @param leaderEpoch Kafka's leader epoch of the last record before the alert cursor; -1 where unknown
 */
public record CursorNote(long epoch, long data, long profile, int leaderEpoch) {

    private static final Pattern FORM =
            Pattern.compile("epoch=(\\d{1,18}) data=(\\d{1,18}) profile=(\\d{1,18}) leader=(-?\\d{1,9})");

    /** The text that stands beside the cursor in Kafka. */
    String text() {
        return "epoch=" + epoch + " data=" + data + " profile=" + profile + " leader=" + leaderEpoch;
    }

    /** Reads {@link #text}; empty where it is none, as an older program left it. */
    static Optional<CursorNote> of(String text) {
        var found = FORM.matcher(text);
        return found.matches()
                ? Optional.of(new CursorNote(
                        Long.parseLong(found.group(1)),
                        Long.parseLong(found.group(2)),
                        Long.parseLong(found.group(3)),
                        Integer.parseInt(found.group(4))))
                : Optional.empty();
    }
}
