package riskcluster.lakehouse.gold;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * One way to sum up decisions within a checkpoint: by a text of theirs and a slot of time, from which tables with longer
 * windows are put together. Its number stands in checkpoints and is never reused.
 */
enum Cube {
    MERCHANT(0, 5, "merchant", Kind.USERS, Kind.DEVICES, Kind.PAYMENT_METHODS),
    PAYMENT_METHOD(1, 10, "payment_method", Kind.USERS, Kind.DEVICES),
    COUNTRY(2, 10, "country", Kind.USERS, Kind.DEVICES, Kind.MERCHANTS),
    USER(3, 60, "customer_key", Kind.MERCHANTS, Kind.PAYMENT_METHODS);

    /** What is kept of each cell beside its sums; in a checkpoint they stand in this order. */
    enum Kind {
        USERS,
        DEVICES,
        MERCHANTS,
        /** With how often each came. */
        PAYMENT_METHODS
    }

    private static final long MICROS_PER_MINUTE = 60_000_000;

    private final int number;
    private final long slotMicros;
    private final String textColumn;
    private final Set<Kind> kinds;

    Cube(int number, int slotMinutes, String textColumn, Kind... kinds) {
        this.number = number;
        this.slotMicros = slotMinutes * MICROS_PER_MINUTE;
        this.textColumn = textColumn;
        this.kinds = Collections.unmodifiableSet(EnumSet.copyOf(Arrays.asList(kinds)));
    }

    int number() {
        return number;
    }

    /** The column of silver and gold with its text. */
    String textColumn() {
        return textColumn;
    }

    /** What its cells hold beside sums, in their order. */
    Set<Kind> kinds() {
        return kinds;
    }

    /** The slot in which this instant lies, counted from 1970. */
    long slot(long micros) {
        return Math.floorDiv(micros, slotMicros);
    }

    long startMicros(long slot) {
        return slot * slotMicros;
    }

    static Cube of(int number) {
        for (Cube cube : values()) {
            if (cube.number == number) {
                return cube;
            }
        }
        throw new IllegalArgumentException("a checkpoint has cube " + number + ", which this program does not know");
    }
}
