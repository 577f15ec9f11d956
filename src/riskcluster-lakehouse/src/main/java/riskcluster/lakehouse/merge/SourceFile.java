package riskcluster.lakehouse.merge;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.FileIO;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
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
    private final @Nullable ParsedVersion writer;
    private final Map<Integer, ColumnDescriptor> columns = new HashMap<>();

    private SourceFile(DataFile file, ParquetInput input, ParquetFileReader reader) {
        this.file = file;
        this.input = input;
        this.reader = reader;
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
        return of(file, input, ParquetFileReader.open(input, options(codecs)));
    }

    /** The same file again, whose footer is known. */
    static SourceFile open(DataFile file, FileIO io, ZstdReads codecs, ParquetMetadata footer) throws IOException {
        var input = input(file, io);
        return of(file, input, ParquetFileReader.open(input, footer, options(codecs), input.newStream()));
    }

    private static ParquetInput input(DataFile file, FileIO io) {
        return new ParquetInput(io.newInputFile(file.location(), file.fileSizeInBytes()));
    }

    private static ParquetReadOptions options(ZstdReads codecs) {
        return new ParquetReadOptions.Builder(new PlainParquetConfiguration())
                .withCodecFactory(codecs)
                .build();
    }

    private static SourceFile of(DataFile file, ParquetInput input, ParquetFileReader reader) throws IOException {
        try {
            return new SourceFile(file, input, reader);
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
        return new Group(this, reader.readRowGroup(index), groups().get(index).getRowCount());
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
    record Group(SourceFile source, PageReadStore pages, long rows) {

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
