package riskcluster.lakehouse.merge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.FileIO;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** Files whose rows are sorted together: of their bytes only the column is in memory that is asked for, each time anew. */
final class SortSource {

    /** Takes one column, row group by row group. */
    @FunctionalInterface
    interface Visitor {
        /** @param values empty where the file is older than the column */
        void group(Optional<SourceFile.Values> values, long rows);
    }

    private record Known(DataFile file, ParquetMetadata footer) {}

    private final List<Known> files;
    private final FileIO io;
    private final ZstdReads codecs;
    private final int rows;

    private SortSource(List<Known> files, FileIO io, ZstdReads codecs, int rows) {
        this.files = files;
        this.io = io;
        this.codecs = codecs;
        this.rows = rows;
    }

    /** Reads the files' footers. */
    static SortSource of(List<DataFile> files, FileIO io, ZstdReads codecs) throws IOException {
        var known = new ArrayList<Known>();
        long rows = 0;
        for (DataFile file : files) {
            try (var source = SourceFile.open(file, io, codecs)) {
                known.add(new Known(file, source.footer()));
            }
            rows += file.recordCount();
        }
        return new SortSource(known, io, codecs, Math.toIntExact(rows));
    }

    int rows() {
        return rows;
    }

    private static int fieldId(ColumnDescriptor column) {
        return column.getPrimitiveType().getId().intValue();
    }

    /** Bytes that the column's values take in the files before compression. */
    long bytes(ColumnDescriptor column) {
        int fieldId = fieldId(column);
        return files.stream()
                .flatMap(known -> known.footer().getBlocks().stream())
                .flatMap(group -> group.getColumns().stream())
                .filter(chunk -> chunk.getPrimitiveType().getId().intValue() == fieldId)
                .mapToLong(ColumnChunkMetaData::getTotalUncompressedSize)
                .sum();
    }

    /** Reads one column of all files, in the order of the files' rows. */
    void read(ColumnDescriptor column, Visitor visitor) throws IOException {
        int fieldId = fieldId(column);
        for (Known known : files) {
            try (var source = SourceFile.open(known.file(), io, codecs, known.footer())) {
                boolean has = source.only(fieldId);
                for (int i = 0; i < source.groups().size(); i++) {
                    long rowsOfGroup = source.groups().get(i).getRowCount();
                    visitor.group(has ? source.group(i).column(fieldId) : Optional.empty(), rowsOfGroup);
                }
            }
        }
    }
}
