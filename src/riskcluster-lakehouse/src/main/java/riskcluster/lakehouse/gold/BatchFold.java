package riskcluster.lakehouse.gold;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the checkpoints of one batch add to each row of gold, all partitions together. */
final class BatchFold {

    /** The cells of each slot by its start; in their order once all are there. */
    private final EnumMap<Cube, TreeMap<Long, List<Cell>>> slots = new EnumMap<>(Cube.class);

    private final Pointed pointed = new Pointed();

    private BatchFold() {
        for (Cube cube : Cube.values()) {
            slots.put(cube, new TreeMap<>());
        }
    }

    static BatchFold of(Collection<byte[]> partials) {
        var fold = new BatchFold();
        List<PartialReader> readers = partials.stream()
                .filter(partial -> partial.length > 0)
                .map(PartialReader::new)
                .toList();
        Map<String, Integer> ranks =
                PartialReader.ranks(readers.stream().map(PartialReader::texts).toList());
        readers.forEach(reader -> reader.forEach(ranks, fold::add));
        readers.forEach(reader -> reader.pointed(fold.pointed));
        for (var bySlot : fold.slots.values()) {
            bySlot.values().forEach(cells -> cells.sort(Comparator.comparingLong(Cell::order)));
        }
        return fold;
    }

    private void add(Cube cube, Cell cell) {
        of(cube).computeIfAbsent(cell.startMicros(), start -> new ArrayList<>()).add(cell);
    }

    /** The members of the star's dimensions to which the batch's facts point; none where the star is not made. */
    Pointed pointed() {
        return pointed;
    }

    /** Whether nothing was decided. */
    boolean isEmpty() {
        return slots.values().stream().allMatch(Map::isEmpty);
    }

    /**
     * What is added to a table, in the order of the rows' keys. The slots of a window are in order already, and several
     * ordered stretches are quickly sorted into one.
     */
    List<Gain> gains(WindowedTable table) {
        TreeMap<Long, List<Cell>> bySlot = of(table.cube());
        var starts = new TreeSet<Long>();
        for (long slot : bySlot.keySet()) {
            for (int back = 0; back < table.windows(); back++) {
                starts.add(table.windowStart(slot, back));
            }
        }
        long told = Cell.told(table);
        var gains = new ArrayList<Gain>();
        for (long start : starts) {
            var slots = bySlot.subMap(start, start + table.lengthMicros()).values();
            var window = new ArrayList<Cell>(slots.stream().mapToInt(List::size).sum());
            slots.forEach(cells -> take(table, start, cells, window));
            window.sort(Comparator.comparingLong(cell -> cell.order() & told));
            addRows(table, start, window, told, gains);
        }
        return gains;
    }

    /** Takes the cells that count in this window. */
    private static void take(WindowedTable table, long start, List<Cell> cells, List<Cell> window) {
        int bit = table.bit(table.back(cells.getFirst().startMicros(), start));
        for (Cell cell : cells) {
            if ((cell.mask() & bit) != 0) {
                window.add(cell);
            }
        }
    }

    /** One row for each run of cells that the table does not tell apart. */
    private static void addRows(WindowedTable table, long start, List<Cell> window, long told, List<Gain> gains) {
        int from = 0;
        for (int i = 1; i <= window.size(); i++) {
            if (i == window.size() || ((window.get(i).order() ^ window.get(from).order()) & told) != 0) {
                Cell first = window.get(from);
                gains.add(new Gain(table.key(start, first.text(), first.currency()), window.subList(from, i)));
                from = i;
            }
        }
    }

    private TreeMap<Long, List<Cell>> of(Cube cube) {
        return Objects.requireNonNull(slots.get(cube));
    }
}
