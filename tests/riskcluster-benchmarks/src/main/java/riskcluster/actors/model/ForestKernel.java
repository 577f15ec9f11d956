package riskcluster.actors.model;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A model of 100 trees of depth 6; one operation is one row. */
@State(Scope.Thread)
public class ForestKernel {

    private static final int TREES = 100;
    private static final int DEPTH = 6;
    private static final int ROWS = 1_024;
    private static final int TOGETHER = 64;

    private final MadeUpForest made = new MadeUpForest(1);
    private final Forest forest = made.forest(TREES, DEPTH);
    private final float[][] rows = made.rows(ROWS);
    private final float[][][] batches = new float[ROWS / TOGETHER][][];

    public ForestKernel() {
        for (int batch = 0; batch < batches.length; batch++) {
            batches[batch] = Arrays.copyOfRange(rows, batch * TOGETHER, (batch + 1) * TOGETHER);
        }
        if (forest.margin(rows[0]) == forest.margin(rows[1])) {
            throw new IllegalStateException("two rows have one margin: the trees are not walked");
        }
    }

    /** Row by row, as decisions ask. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void oneRow(Blackhole sink) {
        for (var row : rows) {
            sink.consume(forest.margin(row));
        }
    }

    /** The same, 64 rows in one pass. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void manyRows(Blackhole sink) {
        for (var batch : batches) {
            sink.consume(ManyRows.margins(forest, batch));
        }
    }

    /** With the probability that comes of the margin. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void probability(Blackhole sink) {
        for (var row : rows) {
            sink.consume(forest.probability(row));
        }
    }
}
