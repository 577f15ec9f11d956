package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.IcebergTables;

class CompactionChoiceTest {

    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final PartitionSpec SPEC = IcebergTables.spec(Tables.SILVER_TRANSACTIONS);
    private static final int SORTED = 1;

    @Test
    void fewSmallFilesAreLeftAlone() {
        assertThat(choice().among(files("2026-03-02", 31, 100 * KIB))).isEmpty();
    }

    @Test
    void manySmallFilesOfSimilarSizeAreMergedWithoutThoseThatWereMergedBefore() {
        var files = new ArrayList<>(files("2026-03-02", 5, 20 * MIB));
        files.addAll(files("2026-03-02", 32, 20 * KIB));

        var chosen = choice().among(files).orElseThrow();

        assertThat(chosen.sorts()).isFalse();
        assertThat(chosen.files()).hasSize(32).allMatch(file -> file.fileSizeInBytes() == 20 * KIB);
    }

    @Test
    void smallFilesThatFillALargeOneAreMergedHoweverFew() {
        var chosen = choice().among(files("2026-03-02", 5, 30 * MIB)).orElseThrow();

        assertThat(chosen.files()).hasSize(5);
        assertThat(chosen.bytes()).isGreaterThanOrEqualTo(Thresholds.USUAL.targetBytes());
    }

    @Test
    void aClosedDayIsSortedInPartsOfAboutTheTarget() {
        var files = new ArrayList<>(files("2026-03-01", 3, 100 * MIB));
        files.addAll(files("2026-03-02", 1, 100 * MIB));

        var chosen = choice().among(files).orElseThrow();

        assertThat(chosen.sorts()).isTrue();
        assertThat(chosen.files()).hasSize(2);
    }

    @Test
    void noPartOfAClosedDayLeavesASmallOneBehind() {
        var files = new ArrayList<>(files("2026-03-01", 2, 128 * MIB));
        files.add(file("2026-03-01", 2, 50 * MIB, 0));
        files.addAll(files("2026-03-02", 1, 100 * MIB));

        assertThat(choice().among(files).orElseThrow().files()).hasSize(1);
        assertThat(choice().among(files.subList(1, 4)).orElseThrow().files()).hasSize(2);
    }

    @Test
    void whatWouldBeSmallOnceItIsSortedIsSortedWithTheRest() {
        var files = new ArrayList<>(List.of(file("2026-03-01", 0, 100 * MIB, SORTED)));
        files.addAll(files("2026-03-01", 1, 130 * MIB));
        files.add(file("2026-03-01", 2, 70 * MIB, 0));
        files.addAll(files("2026-03-02", 1, 100 * MIB));

        assertThat(choice().among(files).orElseThrow().files()).hasSize(2);
    }

    @Test
    void aSmallFileIsNeverSortedAlone() {
        var files = new ArrayList<>(List.of(file("2026-03-01", 0, 30 * MIB, SORTED)));
        files.add(file("2026-03-01", 1, 250 * MIB, 0));
        files.addAll(files("2026-03-02", 1, 100 * MIB));

        assertThat(choice().among(files).orElseThrow().files()).hasSize(2);
    }

    @Test
    void theNewestDayIsNeverSorted() {
        assertThat(choice().among(files("2026-03-02", 3, 100 * MIB))).isEmpty();
    }

    @Test
    void largeSortedFilesAreLeftAlone() {
        var files = new ArrayList<DataFile>();
        files.add(file("2026-03-01", 0, 100 * MIB, SORTED));
        files.add(file("2026-03-02", 1, 100 * MIB, 0));

        assertThat(choice().among(files)).isEmpty();
    }

    @Test
    void aTableWithoutAnOrderIsNotSorted() {
        var files = new ArrayList<>(files("2026-03-01", 3, 100 * MIB));
        files.addAll(files("2026-03-02", 1, 100 * MIB));

        assertThat(new CompactionChoice(Thresholds.USUAL, SPEC, 1_000, CompactionChoice.NO_ORDER, 0).among(files))
                .isEmpty();
    }

    @Test
    void daysThatBatchesStillCorrectAreLeftAlone() {
        var files = new ArrayList<>(files("2026-03-02", 40, 20 * KIB));
        files.addAll(files("2026-03-10", 1, 20 * KIB));
        var corrected = new CompactionChoice(Thresholds.USUAL, SPEC, 1_000, CompactionChoice.NO_ORDER, 8);

        assertThat(corrected.among(files).orElseThrow().files()).hasSize(40);
        assertThat(corrected.among(files("2026-03-03", 40, 20 * KIB))).isEmpty();
    }

    private static CompactionChoice choice() {
        return new CompactionChoice(Thresholds.USUAL, SPEC, 1_000, SORTED, 0);
    }

    private static List<DataFile> files(String day, int count, long bytes) {
        return IntStream.range(0, count)
                .mapToObj(number -> file(day, number, bytes, 0))
                .toList();
    }

    private static DataFile file(String day, int number, long bytes, int order) {
        return DataFiles.builder(SPEC)
                .withPath("/lake/" + day + "/" + number + "-" + bytes + ".parquet")
                .withFormat(FileFormat.PARQUET)
                .withPartitionPath("event_time_day=" + day)
                .withFileSizeInBytes(bytes)
                .withRecordCount(bytes / 100)
                .withSortOrderId(order)
                .build();
    }
}
