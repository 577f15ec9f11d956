package riskcluster.lakehouse.gold;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;

/** A table of windows, and how they are put together from the slots of a cube. */
enum WindowedTable {
    MERCHANT_10M(Tables.GOLD_MERCHANT_10M, Cube.MERCHANT, 10, 10, 0, "merchant"),
    PAYMENT_METHOD_10M(Tables.GOLD_PAYMENT_METHOD_10M, Cube.PAYMENT_METHOD, 10, 10, 0, "payment_method"),
    COUNTRY_10M(Tables.GOLD_COUNTRY_10M, Cube.COUNTRY, 10, 10, 0, "country");

    private static final long MICROS_PER_MINUTE = 60_000_000;

    private final TableDefinition definition;
    private final Cube cube;
    private final long lengthMicros;
    private final long stepMicros;
    private final int firstBit;
    private final String textColumn;

    /**
     * @param firstBit the bit of a cell's mask that stands for the last of the windows in which a slot lies; the windows
     *     before it have the bits above
     * @param textColumn the column with the cube's text
     */
    WindowedTable(
            TableDefinition definition,
            Cube cube,
            int lengthMinutes,
            int stepMinutes,
            int firstBit,
            String textColumn) {
        this.definition = definition;
        this.cube = cube;
        this.lengthMicros = lengthMinutes * MICROS_PER_MINUTE;
        this.stepMicros = stepMinutes * MICROS_PER_MINUTE;
        this.firstBit = firstBit;
        this.textColumn = textColumn;
    }

    static List<WindowedTable> of(Cube cube) {
        return Stream.of(values()).filter(table -> table.cube == cube).toList();
    }

    static Optional<WindowedTable> of(TableDefinition definition) {
        return Stream.of(values())
                .filter(table -> table.definition.equals(definition))
                .findFirst();
    }

    TableDefinition definition() {
        return definition;
    }

    Cube cube() {
        return cube;
    }

    String textColumn() {
        return textColumn;
    }

    long lengthMicros() {
        return lengthMicros;
    }

    /** In how many windows an instant lies. */
    int windows() {
        return (int) (lengthMicros / stepMicros);
    }

    /** Start of the last window but {@code back} in which this instant lies. */
    long windowStart(long micros, int back) {
        return (Math.floorDiv(micros, stepMicros) - back) * stepMicros;
    }

    /** The bit of a cell's mask that says whether it counts in that window. */
    int bit(int back) {
        return 1 << (firstBit + back);
    }
}
