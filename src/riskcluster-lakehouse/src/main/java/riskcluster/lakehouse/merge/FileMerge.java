package riskcluster.lakehouse.merge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.SortField;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import riskcluster.lakehouse.column.ZstdPages;

/**
 * Makes one data file of many, with the same rows. Row groups that are large enough are copied as they are; small ones
 * are decoded and encoded anew, column by column, since a file of a thousand small groups has a thousand dictionaries
 * and a footer that is read in full by every query. Used by one thread at a time.
 */
public final class FileMerge implements AutoCloseable {

    /**
     * How large things are made.
     *
     * @param groupBytes compressed bytes of a new row group
     * @param copyFromBytes a row group of at least so many compressed bytes is copied
     * @param sortBytes so many bytes of a column's values are decoded at once where rows are sorted, roughly
     */
    public record Sizes(long groupBytes, long copyFromBytes, long sortBytes) {

        /** A node has its customers in memory too. */
        private static final long SORT_BYTES = 96 << 20;

        public Sizes {
            if (groupBytes < 1 || copyFromBytes < 1 || sortBytes < 1) {
                throw new IllegalArgumentException("row groups of " + groupBytes + " bytes, copied from "
                        + copyFromBytes + " on, sorted by " + sortBytes + "; allowed: 1 or more");
            }
        }

        public Sizes(long groupBytes, long copyFromBytes) {
            this(groupBytes, copyFromBytes, SORT_BYTES);
        }
    }

    private final TableMetadata table;
    private final FileIO io;
    private final Sizes sizes;
    private final MessageType schema;
    private final ParquetProperties encodings;
    private final MetricsConfig metrics;
    private final ZstdReads reads = new ZstdReads();
    private final ZstdPages compressor = new ZstdPages();

    /** Merges files of this table into the table's schema as it is now. */
    public FileMerge(TableMetadata table, String name, FileIO io, Sizes sizes) {
        this.table = table;
        this.io = io;
        this.sizes = sizes;
        this.schema = ParquetSchemaUtil.convert(table.schema(), name);
        this.metrics = MetricsConfig.from(table.properties(), table.schema(), table.sortOrder());
        this.encodings = MergeEncodings.of(schema, metrics);
    }

    /** The rows in the order of the files. The new file is in the store when this returns, and nobody names it yet. */
    public DataFile merge(List<DataFile> files, String fileName) {
        try (var output = output(files, fileName)) {
            var pending = new Pending();
            for (DataFile file : files) {
                try (var source = SourceFile.open(file, io, reads)) {
                    add(source, pending, output);
                }
            }
            pending.writeTo(output);
            return output.end(SortOrder.unsorted(), rows(files));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot merge files of " + table.location(), failure);
        }
    }

    /**
     * The rows in this order of columns that stand at the table's top level and are never null. In memory are the columns
     * of the order while that is found, then of one column what {@link Sizes#sortBytes} allows, and the new file, compressed.
     */
    public DataFile sort(List<DataFile> files, SortOrder order, String fileName) {
        try (var output = output(files, fileName)) {
            var source = SortSource.of(files, io, reads);
            output.writeSorted(source, places(source, order), parts(files), sizes.sortBytes());
            return output.end(order, rows(files));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot sort files of " + table.location(), failure);
        }
    }

    @Override
    public void close() {
        reads.close();
        compressor.release();
    }

    private MergedFile output(List<DataFile> files, String fileName) throws IOException {
        return new MergedFile(table, files.getFirst(), io, fileName, schema, encodings, metrics, compressor);
    }

    private void add(SourceFile source, Pending pending, MergedFile output) throws IOException {
        boolean sameSchema = source.schema().equals(schema);
        for (int i = 0; i < source.groups().size(); i++) {
            BlockMetaData group = source.groups().get(i);
            if (sameSchema && isCopied(group)) {
                pending.writeTo(output);
                output.copy(source, group);
            } else {
                pending.add(source.group(i), group.getCompressedSize());
                if (pending.bytes >= sizes.groupBytes()) {
                    pending.writeTo(output);
                }
            }
        }
    }

    private boolean isCopied(BlockMetaData group) {
        return group.getCompressedSize() >= sizes.copyFromBytes()
                && group.getColumns().stream().allMatch(column -> column.getCodec() == CompressionCodecName.ZSTD);
    }

    /** Where each row comes to stand. */
    private int[] places(SortSource source, SortOrder order) throws IOException {
        int[] asTheyAre = IntStream.range(0, source.rows()).toArray();
        var ranks = new ArrayList<long[]>();
        for (SortField field : order.fields()) {
            var column = schema.getColumnDescription(path(field.sourceId()));
            ranks.add(ColumnValues.read(source, column, asTheyAre, 0, source.rows())
                    .ranks());
        }
        int[] sorted = RowOrder.of(ranks);
        var places = new int[sorted.length];
        for (int place = 0; place < sorted.length; place++) {
            places[sorted[place]] = place;
        }
        return places;
    }

    private String[] path(int fieldId) {
        Types.NestedField field = table.schema().asStruct().field(fieldId);
        return new String[] {field.name()};
    }

    private int parts(List<DataFile> files) {
        long bytes = files.stream().mapToLong(DataFile::fileSizeInBytes).sum();
        return Math.toIntExact(Math.max(1, Math.round((double) bytes / sizes.groupBytes())));
    }

    private static long rows(List<DataFile> files) {
        return files.stream().mapToLong(DataFile::recordCount).sum();
    }

    /** Small row groups that will be one. */
    private static final class Pending {
        private final List<SourceFile.Group> groups = new ArrayList<>();
        private long bytes;

        void add(SourceFile.Group group, long compressedBytes) {
            groups.add(group);
            bytes += compressedBytes;
        }

        void writeTo(MergedFile output) throws IOException {
            if (!groups.isEmpty()) {
                output.write(groups);
                groups.clear();
                bytes = 0;
            }
        }
    }
}
