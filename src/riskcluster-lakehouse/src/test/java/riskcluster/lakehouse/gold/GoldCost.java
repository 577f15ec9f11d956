package riskcluster.lakehouse.gold;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.iceberg.BaseTable;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.catalog.IcebergTables;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.column.ZstdPages;

/**
 * Measures what the windows of gold cost a record: in the partition, and where they are committed. Windows are sparse, as
 * in the drain: 700 records in ten minutes at 2,000 merchants. Started by hand: it is no test.
 */
public final class GoldCost {

    private static final int PARTITIONS = 4;
    private static final int CUSTOMERS = 100_000;
    private static final int MERCHANTS = 2_000;
    private static final long MICROS_BETWEEN = 864_000L;
    private static final int RECORDS_PER_CHECKPOINT = 10_000;
    private static final int BATCHES = 40;
    private static final long START_MICROS = 1_736_121_600_000_000L;

    private final Random random = new Random(1);
    private final List<String> keys =
            IntStream.range(0, CUSTOMERS).mapToObj(i -> key()).toList();
    private final Warehouse warehouse;
    private final RowCache cache = new RowCache(96 << 20);
    private final EnumMap<WindowedTable, WindowFiles> files = new EnumMap<>(WindowedTable.class);
    private final EnumMap<WindowedTable, StagedTable> tables = new EnumMap<>(WindowedTable.class);
    private final Map<WindowedTable, Long> nanos = new EnumMap<>(WindowedTable.class);
    private long made;

    private GoldCost(Path folder) {
        warehouse = Warehouse.local(folder);
        var compressor = new ZstdPages();
        for (WindowedTable table : WindowedTable.values()) {
            files.put(table, new WindowFiles(table, cache, compressor));
            var metadata = IcebergTables.firstMetadata(table.definition(), warehouse.locationOf(table.definition()));
            tables.put(table, new StagedTable(warehouse.io(), "cost-e1", metadata));
        }
    }

    public static void main(String[] arguments) throws IOException {
        var cost = new GoldCost(
                Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "target"), "gold"));
        for (int batch = 0; batch < BATCHES; batch++) {
            cost.batch(batch >= BATCHES - 5);
        }
    }

    private void batch(boolean tell) {
        List<List<Judged>> parts =
                IntStream.range(0, PARTITIONS).mapToObj(this::records).toList();
        made += (long) PARTITIONS * RECORDS_PER_CHECKPOINT;
        long records = (long) PARTITIONS * RECORDS_PER_CHECKPOINT;
        long start = cpuNanos();
        var partials = new ArrayList<byte[]>();
        for (List<Judged> part : parts) {
            var gold = new GoldPartials();
            gold.add(part);
            partials.add(gold.take());
        }
        long summed = cpuNanos();
        BatchFold fold = BatchFold.of(partials);
        long folded = cpuNanos();
        for (WindowedTable table : WindowedTable.values()) {
            long before = cpuNanos();
            apply(table, fold.gains(table));
            nanos.put(table, (cpuNanos() - before) / records);
        }
        long end = cpuNanos();
        if (tell) {
            System.out.printf(
                    "%d ns a record in the partition (%d bytes), %d to fold, %d to write: %s%n",
                    (summed - start) / records,
                    partials.stream().mapToLong(bytes -> bytes.length).sum() / records,
                    (folded - summed) / records,
                    (end - folded) / records,
                    nanos);
        }
    }

    private void apply(WindowedTable windowed, List<Gain> gains) {
        StagedTable staged = Objects.requireNonNull(tables.get(windowed));
        WindowFiles windows = Objects.requireNonNull(files.get(windowed));
        var table = new BaseTable(staged, windowed.definition().qualifiedName(), report -> {});
        WindowFiles.Rewrite rewrite = windows.rewrite("cost-e1", staged, table, gains);
        rewrite.overwrite().commit();
        windows.remember(staged.current().currentSnapshot().snapshotId(), rewrite.leaves());
    }

    private List<Judged> records(int partition) {
        var source = new LogPartition("transactions", partition);
        var records = new ArrayList<Judged>();
        for (int i = 0; i < RECORDS_PER_CHECKPOINT; i++) {
            long micros = START_MICROS + (made + (long) i * PARTITIONS + partition) * MICROS_BETWEEN;
            var record = new LogRecord(source, made + i, micros / 1_000, new byte[0], new byte[0], List.of());
            records.add(new Judged(record, new Outcome.Decided(decision(micros))));
        }
        return records;
    }

    private Decision decision(long micros) {
        int customer = random.nextInt(CUSTOMERS);
        var transaction = new Transaction(
                "t",
                "c" + customer,
                random.nextInt(5_000_000),
                micros,
                "USD",
                "merchant " + random.nextInt(MERCHANTS),
                null,
                random.nextInt(20) == 0 ? "crypto" : "card",
                null,
                "device-" + customer,
                null);
        return new Decision(
                transaction,
                new String(keys.get(customer)), // each decision makes its own
                new String(keys.get((customer * 7 + 1) % CUSTOMERS)),
                null,
                "VN",
                1,
                0,
                Band.MINIMAL,
                Double.NaN,
                List.of(),
                new float[0],
                1,
                "p",
                false,
                false,
                false);
    }

    private String key() {
        var digest = new byte[32];
        random.nextBytes(digest);
        return "k1:" + HexFormat.of().formatHex(digest);
    }

    /** This thread's own time, so that a busy machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
