package riskcluster.lakehouse.merge;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.FileIO;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** One file whose rows go into another, with its columns found by field id. */
final class SourceFile implements AutoCloseable {

    private final DataFile file;
    private final ParquetInput input;
    private final ParquetFileReader reader;
    private final ZstdReads codecs;
    private final @Nullable ParsedVersion writer;
    private final Map<Integer, ColumnDescriptor> columns = new HashMap<>();

    private SourceFile(DataFile file, ParquetInput input, ParquetFileReader reader, ZstdReads codecs) {
        this.file = file;
        this.input = input;
        this.reader = reader;
        this.codecs = codecs;
        this.writer = version(reader.getFileMetaData().getCreatedBy());
        for (ColumnDescriptor column : schema().getColumns()) {
            Type.ID id = column.getPrimitiveType().getId();
            if (id == null) {
                throw new IllegalStateException(file.location() + " has no field ids: it cannot be merged");
            }
            columns.put(id.intValue(), column);
        }
    }

    static SourceFile open(DataFile file, FileIO io, ZstdReads codecs) throws IOException {
        var input = input(file, io);
        return of(file, input, ParquetFileReader.open(input, options(codecs)), codecs);
    }

    /** The same file again, whose footer is known. */
    static SourceFile open(DataFile file, FileIO io, ZstdReads codecs, ParquetMetadata footer) throws IOException {
        var input = input(file, io);
        return of(file, input, ParquetFileReader.open(input, footer, options(codecs), input.newStream()), codecs);
    }

    private static ParquetInput input(DataFile file, FileIO io) {
        return new ParquetInput(io.newInputFile(file.location(), file.fileSizeInBytes()));
    }

    /** Pages are held against their checksums: what is copied without being read would be damaged for good. */
    private static ParquetReadOptions options(ZstdReads codecs) {
        return new ParquetReadOptions.Builder(new PlainParquetConfiguration())
                .withCodecFactory(codecs)
                .usePageChecksumVerification()
                .build();
    }

    private static SourceFile of(DataFile file, ParquetInput input, ParquetFileReader reader, ZstdReads codecs)
            throws IOException {
        try {
            return new SourceFile(file, input, reader, codecs);
        } catch (RuntimeException failure) {
            reader.close();
            throw failure;
        }
    }

    DataFile file() {
        return file;
    }

    ParquetMetadata footer() {
        return reader.getFooter();
    }

    /** From now on row groups are read with this column alone; false where the file has none of this field id. */
    boolean only(int fieldId) {
        ColumnDescriptor column = columns.get(fieldId);
        if (column != null) {
            reader.setRequestedSchema(List.of(column));
        }
        return column != null;
    }

    MessageType schema() {
        return reader.getFileMetaData().getSchema();
    }

    List<BlockMetaData> groups() {
        return reader.getRowGroups();
    }

    /** The file's bytes from their beginning. */
    SeekableInputStream stream() {
        return input.newStream();
    }

    /** One row group in memory, still compressed; it outlives this file. */
    Group group(int index) throws IOException {
        return new Group(this, reader.readRowGroup(index), groups().get(index));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static @Nullable ParsedVersion version(@Nullable String createdBy) {
        try {
            return createdBy == null ? null : VersionParser.parse(createdBy);
        } catch (VersionParseException strange) {
            return null; // Parquet then trusts nothing that old versions wrote wrongly.
        }
    }

    /** A row group's pages. */
    record Group(SourceFile source, PageReadStore pages, BlockMetaData block) {

        long rows() {
            return block.getRowCount();
        }

        /** What the file tells of this column's pages; empty where it has not exactly this column. */
        Optional<ColumnChunkMetaData> chunk(ColumnDescriptor column) {
            var own = own(column);
            return own != null && isSame(own, column) ? Optional.of(chunkOf(own)) : Optional.empty();
        }

        private ColumnChunkMetaData chunkOf(ColumnDescriptor own) {
            return block.getColumns().stream()
                    .filter(chunk -> Arrays.equals(chunk.getPath().toArray(), own.getPath()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            source.file.location() + " has a row group without the column " + own));
        }

        /** The column's pages, still compressed, to be read once. */
        List<DataPageV1> compressedPages(ColumnDescriptor column) {
            var reader = pages.getPageReader(Objects.requireNonNull(own(column)));
            return source.codecs.compressed(() -> Stream.generate(reader::readPage)
                    .takeWhile(Objects::nonNull)
                    .map(DataPageV1.class::cast)
                    .toList());
        }

        /** The file's column of the same field id. */
        private @Nullable ColumnDescriptor own(ColumnDescriptor column) {
            return source.columns.get(column.getPrimitiveType().getId().intValue());
        }

        private static boolean isSame(ColumnDescriptor one, ColumnDescriptor other) {
            return one.getPrimitiveType().equals(other.getPrimitiveType())
                    && one.getMaxDefinitionLevel() == other.getMaxDefinitionLevel()
                    && one.getMaxRepetitionLevel() == other.getMaxRepetitionLevel();
        }

        /** The values of the column of this field id; empty where the file is older than the column. */
        Optional<Values> column(int fieldId) {
            return Optional.ofNullable(source.columns.get(fieldId)).map(this::values);
        }

        private Values values(ColumnDescriptor column) {
            PageReader values = pages.getPageReader(column);
            return new Values(
                    new ColumnReaderImpl(column, values, new PrimitiveConverter() {}, source.writer),
                    values.getTotalValueCount());
        }
    }

    /** One column of one group, to be read once; nulls are among its values. */
    record Values(ColumnReader reader, long count) {}
}
