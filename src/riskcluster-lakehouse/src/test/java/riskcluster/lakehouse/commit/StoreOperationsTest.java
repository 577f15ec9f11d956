package riskcluster.lakehouse.commit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.lakehouse.TestLake;

/**
 * What a batch asks of the store, in exact numbers. They do not grow with records or partitions, but with tables. What one
 * checkpoint and the first batch cost stands in {@link CommitterTest}.
 */
class StoreOperationsTest {

    private static final Map<String, Long> APPENDED = Map.of(
            "length manifest list", 1L,
            "read manifest list", 1L,
            "write manifest", 1L,
            "write manifest list", 1L,
            "write metadata.json", 1L);

    /** With gold; the others' windows are written anew. */
    private static final Set<String> APPENDED_TO =
            Set.of("bronze.transactions", "silver.transactions", "gold.features");

    @TempDir
    private Path folder;

    @Test
    void aTableThatIsAppendedToCostsFiveOperationsHoweverManyRecordsAndPartitionsABatchHas() {
        try (var lake = new TestLake(folder)) {
            var committer = lake.committer();
            batch(lake, committer, 1, 5);

            for (var batch : List.of(batch(lake, committer, 1, 5), batch(lake, committer, 6, 50))) {
                assertThat(batch).isEqualTo(Map.of("bronze.transactions", APPENDED, "silver.transactions", APPENDED));
            }
        }
    }

    @Test
    void aTableWhoseWindowsAreWrittenAnewCostsTenOperationsAndTwoForEachFileHoweverManyRecordsAndPartitionsABatchHas() {
        try (var lake = new TestLake(folder, true)) {
            var committer = lake.committer();
            batch(lake, committer, 1, 5);

            for (var batch : List.of(batch(lake, committer, 1, 5), batch(lake, committer, 6, 50))) {
                assertThat(batch)
                        .hasSizeGreaterThan(APPENDED_TO.size())
                        .containsKeys(APPENDED_TO.toArray(String[]::new));
                batch.forEach((table, operations) -> {
                    long files = operations.getOrDefault("write data", 0L);
                    assertThat(operations)
                            .as(table)
                            .isEqualTo(APPENDED_TO.contains(table) ? APPENDED : rewritten(files));
                    assertThat(files).as(table).isLessThanOrEqualTo(2);
                });
            }
        }
    }

    /** The windows in so many files, one for each day that the batch has changed, and a manifest of what they replace. */
    private static Map<String, Long> rewritten(long files) {
        return Map.of(
                "length data", files,
                "write data", files,
                "length manifest", 2L,
                "read manifest", 2L,
                "length manifest list", 1L,
                "read manifest list", 1L,
                "write manifest", 2L,
                "write manifest list", 1L,
                "write metadata.json", 1L);
    }

    /** What the commit of a checkpoint of so many partitions asks, by table, how often of each kind. */
    private static Map<String, Map<String, Long>> batch(
            TestLake lake, Committer committer, int partitions, int records) {
        for (int partition = 0; partition < partitions; partition++) {
            lake.seal(partition, records);
        }
        lake.files.take();
        assertThat(committer.commitOnce()).isInstanceOf(CommitResult.Committed.class);
        return lake.files.take().stream()
                .collect(groupingBy(
                        StoreOperationsTest::table, groupingBy(StoreOperationsTest::kind, TreeMap::new, counting())));
    }

    /** A location ends with namespace, table, {@code data} or {@code metadata}, and what lies there. */
    private static String table(String asked) {
        var folders = Arrays.asList(asked.split("/"));
        int place = Math.max(folders.lastIndexOf("data"), folders.lastIndexOf("metadata"));
        return folders.get(place - 2) + "." + folders.get(place - 1);
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
