package riskcluster.lakehouse.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;

/** Large pages of columns that hardly repeat are in the merged file as they were; what it holds and tells is the same. */
class WholePagesTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);
    private static final int FILES = 3;

    /** Of so many rows numbers of eight bytes are a page worth copying, */
    private static final int MANY = WholePages.PAGE_BYTES_MIN / Long.BYTES + 100;

    /** and of so many even a record's value is none. */
    private static final int FEW = 20;

    /** Nothing is copied as a group. */
    private static final FileMerge.Sizes SIZES = new FileMerge.Sizes(1L << 30, 1L << 30);

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void largePagesAreCopied() throws IOException {
        fill(MANY);
        assertThat(pages(merged(Tables.BRONZE_TRANSACTIONS), "offset", "event_time", "amount", "value"))
                .containsOnly(FILES);
        assertThat(pages(merged(Tables.SILVER_TRANSACTIONS), "transaction_id", "features", "source_offset"))
                .containsOnly(FILES);
    }

    @Test
    void smallPagesAreEncodedTogether() throws IOException {
        fill(FEW);
        assertThat(pages(merged(Tables.BRONZE_TRANSACTIONS), "offset", "event_time", "amount", "value"))
                .containsOnly(1);
    }

    @Test
    void eachRowIsThereInOrder() throws IOException {
        fill(MANY);
        for (TableDefinition table : List.of(Tables.BRONZE_TRANSACTIONS, Tables.SILVER_TRANSACTIONS)) {
            var expected = new ArrayList<Record>();
            for (DataFile file : lake.files(table)) {
                expected.addAll(rows(table, file));
            }
            assertThat(rows(table, merged(table))).hasSize(FILES * MANY).isEqualTo(expected);
        }
    }

    @Test
    void theIndexTellsWhereEachPageBegins() throws IOException {
        fill(MANY);
        var firsts =
                IntStream.range(0, FILES).mapToObj(file -> (long) file * MANY).toList();
        assertThat(firstRows(merged(Tables.SILVER_TRANSACTIONS), "features")).isEqualTo(firsts);
        assertThat(firstRows(merged(Tables.SILVER_TRANSACTIONS), "source_offset"))
                .isEqualTo(firsts);
    }

    @Test
    void theBoundsAreThoseOfAllRows() throws IOException {
        fill(MANY);
        int offset = lake.table(Tables.BRONZE_TRANSACTIONS)
                .schema()
                .findField("offset")
                .fieldId();
        DataFile file = merged(Tables.BRONZE_TRANSACTIONS);
        assertThat((Long) Conversions.fromByteBuffer(
                        Types.LongType.get(), file.lowerBounds().get(offset)))
                .isZero();
        assertThat((Long) Conversions.fromByteBuffer(
                        Types.LongType.get(), file.upperBounds().get(offset)))
                .isEqualTo((long) FILES * MANY - 1);
        assertThat(file.nullValueCounts()).containsEntry(offset, 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "user_id"})
    void aDamagedPageIsNotMerged(String column) throws IOException {
        fill(MANY);
        var damaged = lake.files(Tables.BRONZE_TRANSACTIONS).get(1);
        try (var reader = reader(damaged);
                var file = FileChannel.open(Path.of(URI.create(damaged.location())), StandardOpenOption.WRITE)) {
            var chunk = chunk(reader, column);
            file.write(ByteBuffer.wrap(new byte[8]), chunk.getStartingPos() + chunk.getTotalSize() - 10);
        }
        assertThatThrownBy(() -> merged(Tables.BRONZE_TRANSACTIONS)).hasStackTraceContaining("CRC");
    }

    private void fill(int rows) {
        var committer = lake.committer();
        for (int file = 0; file < FILES; file++) {
            long from = (long) file * rows;
            lake.seal(
                    SOURCE,
                    LongStream.range(from, from + rows)
                            .mapToObj(offset -> offset % 5 == 0
                                    ? Samples.bare(SOURCE, offset, Samples.DAY_ZERO_MICROS + offset)
                                    : Samples.decided(SOURCE, offset, Samples.DAY_ZERO_MICROS + offset))
                            .toList());
            committer.commitOnce();
        }
    }

    private DataFile merged(TableDefinition table) throws IOException {
        var metadata = lake.catalog.load(table);
        var io = lake.catalog.warehouse().io();
        try (var merge = new FileMerge(metadata, table.name(), io, SIZES)) {
            return merge.merge(lake.files(table), "merged-" + System.nanoTime() + ".parquet");
        }
    }

    private List<Integer> pages(DataFile file, String... columns) throws IOException {
        try (var reader = reader(file)) {
            var pages = new ArrayList<Integer>();
            for (String column : columns) {
                pages.add(chunk(reader, column).getEncodingStats().getNumDataPagesEncodedAs(Encoding.PLAIN));
            }
            return pages;
        }
    }

    private List<Long> firstRows(DataFile file, String column) throws IOException {
        try (var reader = reader(file)) {
            var index = reader.readOffsetIndex(chunk(reader, column));
            return IntStream.range(0, index.getPageCount())
                    .mapToObj(index::getFirstRowIndex)
                    .toList();
        }
    }

    private ParquetFileReader reader(DataFile file) throws IOException {
        return ParquetFileReader.open(
                new ParquetInput(lake.catalog.warehouse().io().newInputFile(file.location())));
    }

    private static ColumnChunkMetaData chunk(ParquetFileReader reader, String column) {
        assertThat(reader.getRowGroups()).hasSize(1);
        return reader.getRowGroups().getFirst().getColumns().stream()
                .filter(chunk -> chunk.getPath().toArray()[0].equals(column))
                .findFirst()
                .orElseThrow();
    }

    private List<Record> rows(TableDefinition table, DataFile file) throws IOException {
        var schema = lake.table(table).schema();
        try (CloseableIterable<Record> rows = Parquet.read(
                        lake.catalog.warehouse().io().newInputFile(file.location()))
                .project(schema)
                .createReaderFunc(parquet -> GenericParquetReaders.buildReader(schema, parquet))
                .build()) {
            return StreamSupport.stream(rows.spliterator(), false).toList();
        }
    }
}
