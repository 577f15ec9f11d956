package riskcluster.lakehouse.gold;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;

/** A table of windows, and how they are put together from the slots of a cube. */
enum WindowedTable {
    MERCHANT_10M(Tables.GOLD_MERCHANT_10M, Cube.MERCHANT, 10, 10, 0),
    PAYMENT_METHOD_10M(Tables.GOLD_PAYMENT_METHOD_10M, Cube.PAYMENT_METHOD, 10, 10, 0),
    COUNTRY_10M(Tables.GOLD_COUNTRY_10M, Cube.COUNTRY, 10, 10, 0),
    MERCHANT_15M(Tables.GOLD_MERCHANT_15M, Cube.MERCHANT, 15, 5, 1),
    COUNTRY_30M(Tables.GOLD_COUNTRY_30M, Cube.COUNTRY, 30, 30, 1),
    PLATFORM_1H(Tables.GOLD_PLATFORM_1H, Cube.PAYMENT_METHOD, 60, 60, 1),
    USER_1H(Tables.GOLD_USER_1H, Cube.USER, 60, 60, 0);

    private static final long MICROS_PER_MINUTE = 60_000_000;

    private final TableDefinition definition;
    private final Cube cube;
    private final long lengthMicros;
    private final long stepMicros;
    private final int firstBit;
    private final Optional<String> textColumn;
    private final boolean hasCurrency;
    private final boolean hasUsers;
    private final boolean hasDevices;
    private final boolean hasMerchants;
    private final boolean hasPaymentMethods;

    /**
     * @param firstBit the bit of a cell's mask that stands for the last of the windows in which a slot lies; the windows
     *     before it have the bits above
     */
    WindowedTable(TableDefinition definition, Cube cube, int lengthMinutes, int stepMinutes, int firstBit) {
        this.definition = definition;
        this.cube = cube;
        this.lengthMicros = lengthMinutes * MICROS_PER_MINUTE;
        this.stepMicros = stepMinutes * MICROS_PER_MINUTE;
        this.firstBit = firstBit;
        this.textColumn = Optional.of(cube.textColumn()).filter(this::has);
        this.hasCurrency = has("currency");
        this.hasUsers = has("users");
        this.hasDevices = has("devices");
        this.hasMerchants = has("merchants");
        this.hasPaymentMethods = has("payment_methods");
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

    /** The column with the cube's text; empty where rows are not told apart by it. */
    Optional<String> textColumn() {
        return textColumn;
    }

    boolean hasCurrency() {
        return hasCurrency;
    }

    boolean hasUsers() {
        return hasUsers;
    }

    boolean hasDevices() {
        return hasDevices;
    }

    boolean hasMerchants() {
        return hasMerchants;
    }

    boolean hasPaymentMethods() {
        return hasPaymentMethods;
    }

    private boolean has(String column) {
        return definition.columns().stream().anyMatch(one -> one.name().equals(column));
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

    /** The number for which {@link #windowStart} gives {@code start}. */
    int back(long micros, long start) {
        return (int) (Math.floorDiv(micros, stepMicros) - Math.floorDiv(start, stepMicros));
    }

    /** The bit of a cell's mask that says whether it counts in that window. */
    int bit(int back) {
        return 1 << (firstBit + back);
    }

    /** The row that begins at this instant, for what has this text and currency. */
    RowKey key(long startMicros, @Nullable String text, @Nullable String currency) {
        return new RowKey(startMicros, textColumn.isPresent() ? text : null, hasCurrency ? currency : null);
    }
}
