package riskcluster.lakehouse.gold;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the checkpoints of one batch add to each row of gold, all partitions together. */
final class BatchFold {

    private final EnumMap<WindowedTable, Map<RowKey, Delta>> deltas = new EnumMap<>(WindowedTable.class);
    private final EnumMap<Cube, List<WindowedTable>> tables = new EnumMap<>(Cube.class);

    BatchFold() {
        for (Cube cube : Cube.values()) {
            tables.put(cube, WindowedTable.of(cube));
        }
        for (WindowedTable table : WindowedTable.values()) {
            deltas.put(table, new HashMap<>());
        }
    }

    static BatchFold of(Collection<byte[]> partials) {
        var fold = new BatchFold();
        partials.stream().filter(partial -> partial.length > 0).forEach(fold::add);
        return fold;
    }

    /** What is added to a table, in the order of the rows' keys. */
    List<Gain> gains(WindowedTable table) {
        return of(table).entrySet().stream()
                .map(entry -> new Gain(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Gain::key))
                .toList();
    }

    private void add(byte[] partial) {
        new PartialReader(partial).forEach(this::add);
    }

    private void add(Cell cell) {
        for (WindowedTable table : tables.getOrDefault(cell.cube, List.of())) {
            for (int back = 0; back < table.windows(); back++) {
                if ((cell.mask & table.bit(back)) != 0) {
                    RowKey key = table.key(table.windowStart(cell.startMicros, back), cell.text, cell.currency);
                    of(table).computeIfAbsent(key, fresh -> new Delta(table)).add(cell);
                }
            }
        }
    }

    private Map<RowKey, Delta> of(WindowedTable table) {
        return Objects.requireNonNull(deltas.get(table));
    }
}
