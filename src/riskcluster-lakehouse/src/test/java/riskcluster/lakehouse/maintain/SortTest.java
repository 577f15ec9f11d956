package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.ledger.FieldTable;
import riskcluster.lakehouse.merge.FileMerge;

/**
 * However little of a column is decoded at once, the sorted file is the same, byte by byte: lists, nulls and a column that
 * older files lack are among its values. That all rows are in it, in order, is maintenance's test.
 */
class SortTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);
    private static final int ROWS = 60;

    /** Groups of a few rows, so that a group and what is decoded at once end at different rows. */
    private static final long GROUP_BYTES = 4_000;

    private static final long ALL_AT_ONCE = 1L << 30;

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void fill() {
        lake = new TestLake(folder);
        var committer = lake.committer();
        lake.seal(SOURCE, records(0));
        committer.commitOnce();
        var fields = FieldTable.record(lake.database, Map.of("channel", ExtraField.Kind.STRING));
        var late = Samples.decided(SOURCE, ROWS, Samples.DAY_ZERO_MICROS + 1);
        lake.seal(SOURCE, List.of(Samples.withExtras(late, fields, new Object[] {"web"})));
        committer.commitOnce();
        lake.seal(SOURCE, records(ROWS + 1));
        committer.commitOnce();
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static List<Judged> records(long from) {
        return LongStream.range(from, from + ROWS)
                .mapToObj(offset -> {
                    long micros = Samples.DAY_ZERO_MICROS + offset * 7_919 % 1_000;
                    return offset % 3 == 0
                            ? Samples.bare(SOURCE, offset, micros)
                            : Samples.decided(SOURCE, offset, micros);
                })
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 700, 20_000})
    void whatIsDecodedAtOnceChangesNothing(long bytes) throws Exception {
        for (TableDefinition table : List.of(Tables.SILVER_TRANSACTIONS, Tables.BRONZE_TRANSACTIONS)) {
            assertThat(sorted(table, bytes)).isEqualTo(sorted(table, ALL_AT_ONCE));
        }
    }

    private byte[] sorted(TableDefinition table, long bytes) throws Exception {
        TableMetadata metadata = lake.catalog.load(table);
        var io = lake.catalog.warehouse().io();
        var sizes = new FileMerge.Sizes(GROUP_BYTES, GROUP_BYTES, bytes);
        var name = "sorted-by-" + bytes + "-" + System.nanoTime() + ".parquet";
        try (var merge = new FileMerge(metadata, table.name(), io, sizes)) {
            SortOrder order = TableOrder.of(table.qualifiedName(), metadata).orElseThrow();
            DataFile file = merge.sort(lake.files(table), order, name);
            assertThat(file.recordCount()).isEqualTo(2L * ROWS + 1);
            assertThat(file.splitOffsets()).hasSizeGreaterThan(1);
            return Files.readAllBytes(Path.of(URI.create(file.location())));
        }
    }
}
