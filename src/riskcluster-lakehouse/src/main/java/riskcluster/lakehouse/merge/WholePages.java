package riskcluster.lakehouse.merge;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/**
 * A column of row groups whose pages go into the merged file as they are, compressed: pages in Parquet's plain form depend
 * on nothing outside of them. Most of what a row takes is in such columns, which hardly repeat.
 */
final class WholePages {

    /** Smaller ones are encoded anew, together: each page has a header and places in two indexes, about 100 bytes. */
    static final int PAGE_BYTES_MIN = 16 << 10;

    private final ColumnDescriptor column;
    private final boolean bounded;

    /** @param bounded whether the footer tells the smallest and the greatest value of the column */
    WholePages(ColumnDescriptor column, boolean bounded) {
        this.column = column;
        this.bounded = bounded;
    }

    /** Whether the column of all these groups can be copied so. */
    boolean suit(List<SourceFile.Group> groups) {
        return groups.stream()
                .allMatch(group -> group.chunk(column).filter(this::suits).isPresent());
    }

    private boolean suits(ColumnChunkMetaData chunk) {
        var encodings = chunk.getEncodingStats();
        if (chunk.getCodec() != CompressionCodecName.ZSTD
                || encodings == null
                || encodings.hasDictionaryPages()
                || encodings.usesV2Pages()) {
            return false;
        }
        int pages = encodings.getNumDataPagesEncodedAs(Encoding.PLAIN);
        return pages > 0
                && encodings.getDataEncodings().size() == 1
                && chunk.getTotalUncompressedSize() / pages >= PAGE_BYTES_MIN
                && (!bounded || !chunk.getStatistics().isEmpty())
                && (pages == 1 || isTold(chunk));
    }

    /** Whether what a page's place in the indexes says is known of each: how many rows it has, and how many nulls. */
    private boolean isTold(ColumnChunkMetaData chunk) {
        return column.getMaxRepetitionLevel() == 0
                && (!bounded || chunk.getStatistics().getNumNulls() == 0);
    }

    /** Writes the column of a group that has the rows of all these. */
    void write(List<SourceFile.Group> groups, ParquetFileWriter file) throws IOException {
        file.startColumn(column, values(groups), CompressionCodecName.ZSTD);
        for (var group : groups) {
            var chunk = group.chunk(column).orElseThrow();
            var pages = group.compressedPages(column);
            check(group, chunk, pages);
            for (DataPageV1 page : pages) {
                file.writeDataPage(
                        page.getValueCount(),
                        page.getUncompressedSize(),
                        page.getBytes(),
                        bounds(chunk),
                        pages.size() == 1 ? group.rows() : page.getValueCount(),
                        page.getRlEncoding(),
                        page.getDlEncoding(),
                        page.getValueEncoding());
            }
        }
        file.endColumn();
    }

    /** The pages are those of which the file's footer spoke. */
    private void check(SourceFile.Group group, ColumnChunkMetaData chunk, List<DataPageV1> pages) {
        long values = pages.stream().mapToLong(DataPageV1::getValueCount).sum();
        if (values != chunk.getValueCount() || pages.size() > 1 && !isTold(chunk)) {
            throw new IllegalStateException(group.source().file().location() + ": column " + chunk.getPath() + " has "
                    + values + " values in " + pages.size() + " pages, its footer says " + chunk.getValueCount());
        }
    }

    private long values(List<SourceFile.Group> groups) {
        return groups.stream()
                .mapToLong(group -> group.chunk(column).orElseThrow().getValueCount())
                .sum();
    }

    /** The bounds are those of the whole column of the group: good for every page of it. */
    private @Nullable Statistics<?> bounds(ColumnChunkMetaData chunk) {
        return bounded ? chunk.getStatistics() : null;
    }
}
