package riskcluster.node.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.apache.commons.io.FileUtils;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.IcebergTables;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.merge.FileMerge;
import riskcluster.lakehouse.write.IcebergLake;

/**
 * Measures what a compaction costs, without catalog and commit: megabytes of input a second of CPU of its one thread,
 * decoded and encoded anew, copied, and sorted.
 */
public final class CompactionRun {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);
    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final int SMALL_ROWS = 2_000;
    private static final int LARGE_ROWS = 100_000;
    private static final int ROUNDS = 3;
    private static final long MIB = 1L << 20;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MB = 1e6;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Warehouse warehouse;
    private final Figures figures = new Figures();
    private int number;

    private CompactionRun(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** Arguments: rows, seed. */
    public static void main(String[] args) throws IOException {
        Path folder = Fresh.folder();
        try {
            new CompactionRun(Warehouse.local(folder)).run(Integer.parseInt(args[0]), Long.parseLong(args[1]));
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        System.exit(0);
    }

    private void run(int rows, long seed) throws IOException {
        List<StagedFile> small = write(rows, SMALL_ROWS, seed);
        List<StagedFile> large = write(rows, LARGE_ROWS, seed);
        figures.put("rows", rows).put("small_files", small.size() / 2.0).put("large_files", large.size() / 2.0);
        for (TableDefinition table : List.of(Tables.SILVER_TRANSACTIONS, Tables.BRONZE_TRANSACTIONS)) {
            TableMetadata metadata = IcebergTables.firstMetadata(table, warehouse.locationOf(table));
            var silver = table.namespace().equals("silver");
            var order = SortOrder.builderFor(metadata.schema())
                    .withOrderId(1)
                    .asc(silver ? "customer_key" : "partition")
                    .asc(silver ? "event_time" : "offset")
                    .build();
            measure(table, "recoded", metadata, files(small, table, metadata), merge -> merge::merge);
            measure(table, "copied", metadata, files(large, table, metadata), merge -> merge::merge);
            measure(
                    table,
                    "sorted",
                    metadata,
                    files(large, table, metadata),
                    merge -> (inputs, name) -> merge.sort(inputs, order, name));
        }
        figures.tell(System.out);
    }

    private interface Way {
        BiFunction<List<DataFile>, String, DataFile> of(FileMerge merge);
    }

    private void measure(TableDefinition table, String how, TableMetadata metadata, List<DataFile> inputs, Way way) {
        var threads = ManagementFactory.getThreadMXBean();
        long bytes = inputs.stream().mapToLong(DataFile::fileSizeInBytes).sum();
        double best = 0;
        double wall = 0;
        long written = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (var merge =
                    new FileMerge(metadata, table.name(), warehouse.io(), new FileMerge.Sizes(32 * MIB, 4 * MIB))) {
                long start = System.nanoTime();
                long cpu = threads.getCurrentThreadCpuTime();
                written = way.of(merge)
                        .apply(inputs, "maintenance-e1-0000000000000000-" + number++ + ".parquet")
                        .fileSizeInBytes();
                best = Math.max(best, perSecond(bytes, threads.getCurrentThreadCpuTime() - cpu));
                wall = Math.max(wall, perSecond(bytes, System.nanoTime() - start));
            }
        }
        String name = table.namespace() + "_" + how;
        figures.put(name + "_mb", bytes / BYTES_PER_MB)
                .put(name + "_written_mb", written / BYTES_PER_MB)
                .put(name + "_mb_per_second_of_cpu", best)
                .put(name + "_mb_per_second", wall);
    }

    private static double perSecond(long bytes, long nanos) {
        return bytes / BYTES_PER_MB / (nanos / NANOS_PER_SECOND);
    }

    private List<StagedFile> write(int rows, int rowsPerFile, long seed) {
        var lake = new IcebergLake(warehouse);
        var owner = new Ownership(SOURCE.toString(), 1, UUID.randomUUID());
        var madeUp = new MadeUpRows(SOURCE, seed);
        var written = new ArrayList<StagedFile>();
        Duration span = Duration.ofDays(1).dividedBy(rows / rowsPerFile + 1);
        for (int file = 0; file < rows / rowsPerFile; file++) {
            var writer = lake.open(owner, SOURCE);
            Instant from = DAY.plus(span.multipliedBy(file));
            writer.write(madeUp.next(rowsPerFile, from, from.plus(span)), 1);
            written.addAll(writer.stage());
            writer.abandon();
        }
        return written;
    }

    private static List<DataFile> files(List<StagedFile> written, TableDefinition table, TableMetadata metadata)
            throws IOException {
        var files = new ArrayList<DataFile>();
        for (StagedFile file : written) {
            if (file.table().equals(table.qualifiedName())) {
                files.add((DataFile) ContentFileParser.fromJson(JSON.readTree(file.dataFile()), metadata.specsById()));
            }
        }
        return files;
    }
}
