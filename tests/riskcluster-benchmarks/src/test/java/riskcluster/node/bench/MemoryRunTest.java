package riskcluster.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a customer takes of the heap, with the flags that the tests share with the launcher. */
class MemoryRunTest {

    private static final double BYTES_MAX = 1_536;

    @Test
    @Tag("full")
    void aCustomerWithTwentyTransactionsTakesAtMostOneAndAHalfKib() throws Exception {
        var figures = Fresh.run(MemoryRun.class, "100000", "20", "4");

        assertThat(figures.value("bytes_per_customer")).isBetween(500.0, BYTES_MAX);
    }
}
