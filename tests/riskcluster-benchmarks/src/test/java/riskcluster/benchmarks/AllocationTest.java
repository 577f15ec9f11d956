package riskcluster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Blackhole;
import riskcluster.actors.score.WindowKernel;
import riskcluster.benchmarks.kernel.DecodeKernel;
import riskcluster.benchmarks.kernel.ScoreKernel;

/**
 * Bytes that the code asks the JVM for with each record of a kernel, the same in every run: this module's tests run
 * without the compiler that takes allocations away, so a node's are fewer. {@code docs/performance.md} says what they
 * are made of; whoever needs more says there why.
 */
class AllocationTest {

    private static final int RECORDS = 1_000;
    private static final int PASSES = 20;

    /** What JMH wants to hear from whoever makes one. */
    private final Blackhole sink = new Blackhole(
            "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");

    @Test
    void decodingARecordTakesTheTransactionAndItsTexts() {
        assertThat(bytesPerRecord(new DecodeKernel()::json)).isLessThanOrEqualTo(375);
    }

    @Test
    void aWindowUpdateTakesTheProfileAndItsTotals() {
        assertThat(bytesPerRecord(new WindowKernel()::update)).isLessThanOrEqualTo(463);
    }

    @Test
    void scoringTakesTheDecisionAndItsPseudonyms() {
        assertThat(bytesPerRecord(new ScoreKernel()::rules)).isLessThanOrEqualTo(3_536);
    }

    /** Of the cheapest pass: what is loaded or compiled meanwhile is no record's. */
    private double bytesPerRecord(Consumer<Blackhole> kernel) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        for (int pass = 0; pass < PASSES; pass++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            kernel.accept(sink);
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return (double) fewest / RECORDS;
    }
}
