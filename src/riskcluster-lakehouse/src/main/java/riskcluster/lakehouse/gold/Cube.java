package riskcluster.lakehouse.gold;

/**
 * One way to sum up decisions within a checkpoint: by a text of theirs and a slot of time, from which tables with longer
 * windows are put together. Its number stands in checkpoints and is never reused.
 */
enum Cube {
    MERCHANT(0, 5, "merchant"),
    PAYMENT_METHOD(1, 10, "payment_method"),
    COUNTRY(2, 10, "country");

    private static final long MICROS_PER_MINUTE = 60_000_000;

    private final int number;
    private final long slotMicros;
    private final String textColumn;

    Cube(int number, int slotMinutes, String textColumn) {
        this.number = number;
        this.slotMicros = slotMinutes * MICROS_PER_MINUTE;
        this.textColumn = textColumn;
    }

    int number() {
        return number;
    }

    /** The column of silver and gold with its text. */
    String textColumn() {
        return textColumn;
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
