package riskcluster.lakehouse.commit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.lakehouse.TestLake;

/**
 * What a batch asks of the store, in exact numbers. They do not grow with records or partitions, but with tables. What one
 * checkpoint and the first batch cost stands in {@link CommitterTest}.
 */
class StoreOperationsTest {

    @TempDir
    private Path folder;

    @Test
    void aBatchOfBronzeAndSilverCostsTenOperationsHoweverManyRecordsAndPartitionsItHas() {
        try (var lake = new TestLake(folder)) {
            var committer = lake.committer();
            batch(lake, committer, 1, 5);

            var expected = Map.of(
                    "length manifest list", 2L,
                    "read manifest list", 2L,
                    "write manifest", 2L,
                    "write manifest list", 2L,
                    "write metadata.json", 2L);
            assertThat(batch(lake, committer, 1, 5)).isEqualTo(expected);
            assertThat(batch(lake, committer, 6, 50)).isEqualTo(expected);
        }
    }

    @Test
    void aBatchWithGoldCostsAsMuchHoweverManyRecordsAndPartitionsItHas() {
        try (var lake = new TestLake(folder, true)) {
            var committer = lake.committer();
            batch(lake, committer, 1, 5);

            var expected = Map.of("x", 0L);
            System.out.println(batch(lake, committer, 1, 5));
            System.out.println(batch(lake, committer, 1, 5));
            System.out.println(batch(lake, committer, 6, 50));
            assertThat(batch(lake, committer, 1, 5)).isEqualTo(expected);
            assertThat(batch(lake, committer, 6, 50)).isEqualTo(expected);
        }
    }

    /** What the commit of a checkpoint of so many partitions asks, how often of each kind. */
    private static Map<String, Long> batch(TestLake lake, Committer committer, int partitions, int records) {
        for (int partition = 0; partition < partitions; partition++) {
            lake.seal(partition, records);
        }
        lake.files.take();
        assertThat(committer.commitOnce()).isInstanceOf(CommitResult.Committed.class);
        return lake.files.take().stream().collect(groupingBy(StoreOperationsTest::kind, TreeMap::new, counting()));
    }

    private static String kind(String asked) {
        String what = asked.substring(0, asked.indexOf(' ') + 1);
        if (asked.endsWith(".metadata.json")) {
            return what + "metadata.json";
        }
        if (asked.endsWith(".parquet")) {
            return what + "data";
        }
        return what + (asked.contains("snap-") ? "manifest list" : "manifest");
    }
}
