package riskcluster.lakehouse.gold;

/** What a batch adds to one row. */
final class Delta {

    private final long[] sums = new long[Measures.COUNT];
    private final Cell.Hashes users = new Cell.Hashes();
    private final Cell.Hashes devices = new Cell.Hashes();

    void add(Cell cell) {
        Measures.add(sums, 0, cell.sums, 0);
        users.addAll(cell.users);
        devices.addAll(cell.devices);
    }

    /** The row with this in it; {@link GoldRow#empty} where there was none. */
    GoldRow onto(GoldRow row) {
        return row.plus(sums, users.distinct(), devices.distinct());
    }
}
