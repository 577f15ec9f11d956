package riskcluster.benchmarks.kernel;

import java.util.List;
import java.util.UUID;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.lake.PartitionWriter;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.write.IcebergLake;

/** Judged records to closed Parquet files in memory; one operation is one row. */
@State(Scope.Thread)
public class RowKernel {

    /** What a partition seals at once in a drain, and how many of them come in one call. */
    private static final int ROWS = 20_000;

    private static final int ROWS_PER_ROUND = 500;
    private static final int CUSTOMERS = 100_000;
    private static final Ownership OWNER = new Ownership("kernel", 1, new UUID(0, 0));

    private final List<Judged> decided = new Workload(CUSTOMERS, ROWS).judged(Workload.scorer(), Workload.rules());
    private final List<Judged> repeated = decided.stream()
            .map(row -> new Judged(row.record(), duplicate(row.outcome())))
            .toList();
    private final InMemoryFileIO files = new InMemoryFileIO();
    private final Warehouse warehouse = new Warehouse("file:///kernel", files);
    // A writer lives as long as its partition's owner, over many checkpoints.
    private final PartitionWriter writer = new IcebergLake(warehouse, false).open(OWNER, Workload.SOURCE);
    private final PartitionWriter goldWriter = new IcebergLake(warehouse, true).open(OWNER, Workload.SOURCE);

    private static Outcome duplicate(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Decided(var decision) -> new Outcome.Duplicate(decision.transaction());
            default -> throw new IllegalStateException(outcome.toString());
        };
    }

    /** Decided records: a row in each of the two tables. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long bronzeAndSilver() {
        return write(writer, decided, 2L * ROWS);
    }

    /** Duplicates, which are in bronze alone; the rest of the figure above is silver's. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long bronze() {
        return write(writer, repeated, ROWS);
    }

    /** Decided records with the sums of gold and the training table. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long withGold() {
        return write(goldWriter, decided, 3L * ROWS);
    }

    private long write(PartitionWriter to, List<Judged> rows, long expected) {
        for (int from = 0; from < rows.size(); from += ROWS_PER_ROUND) {
            to.write(rows.subList(from, from + ROWS_PER_ROUND), 1);
        }
        var staged = to.stage();
        long written = staged.stream().mapToLong(StagedFile::rows).sum();
        if (written != expected) {
            throw new IllegalStateException(written + " rows are in files, expected: " + expected);
        }
        staged.forEach(file -> files.deleteFile(file.path()));
        return staged.stream().mapToLong(StagedFile::bytes).sum();
    }
}
