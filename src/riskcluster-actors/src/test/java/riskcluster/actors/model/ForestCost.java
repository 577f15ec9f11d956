package riskcluster.actors.model;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * Measures what asking a model costs. Started by hand with a folder that {@code train.py} of the end-to-end tests filled:
 * it is no test.
 */
public final class ForestCost {
    private static final int ROUNDS = 12;

    private ForestCost() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        if (!(ModelFile.read(folder.resolve("model.json")) instanceof ModelReading.Ready(var forest))) {
            throw new IllegalArgumentException("no model in " + folder);
        }
        var rows = Vectors.rows(folder.resolve("rows.f32"));
        System.out.printf(
                "%d bytes stored, apart from the library by %.2g at most%n",
                forest.content().length, apart(forest, rows, Vectors.values(folder.resolve("predicted.f32"))));
        for (int round = 0; round < ROUNDS; round++) {
            double sum = 0;
            long start = cpuNanos();
            for (var row : rows) {
                sum += forest.probability(row);
            }
            long end = cpuNanos();
            System.out.printf("%d ns a row (sum %.3f)%n", (end - start) / rows.length, sum);
        }
    }

    private static double apart(Forest forest, float[][] rows, float[] predicted) {
        double apart = 0;
        for (int row = 0; row < rows.length; row++) {
            apart = Math.max(apart, Math.abs(forest.probability(rows[row]) - predicted[row]));
        }
        return apart;
    }

    /** This thread's own time, so that a busy machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
