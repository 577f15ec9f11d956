package riskcluster.lakehouse.merge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import riskcluster.lakehouse.column.ZstdPages;

/** One column of a merge: its pages are copied, or its values go from decoder to encoder; no row is ever put together. */
final class ColumnPass {

    private final ColumnDescriptor column;
    private final MessageType alone;
    private final ParquetProperties encodings;
    private final WholePages whole;

    private ColumnPass(ColumnDescriptor column, MessageType schema, ParquetProperties encodings) {
        this.column = column;
        this.alone = new MessageType(schema.getName(), onPath(schema.getType(column.getPath()[0]), column, 1));
        this.encodings = encodings;
        this.whole = new WholePages(column, encodings.getStatisticsEnabled(column));
    }

    /** One for each column of the schema, in its order. */
    static List<ColumnPass> all(MessageType schema, ParquetProperties encodings) {
        var passes = new ArrayList<ColumnPass>();
        for (ColumnDescriptor column : schema.getColumns()) {
            passes.add(new ColumnPass(column, schema, encodings));
        }
        return passes;
    }

    int fieldId() {
        return column.getPrimitiveType().getId().intValue();
    }

    /** The column's values of all groups, one group after the other, as a column of the group that is being written. */
    void copy(List<SourceFile.Group> groups, ParquetFileWriter file, ZstdPages compressor) throws IOException {
        if (!encodings.isDictionaryEnabled(column) && whole.suit(groups)) {
            whole.write(groups, file);
        } else {
            try (var pages = pages(alone, encodings, compressor)) {
                recode(groups, pages);
                pages.flushToFileWriter(file);
            }
        }
    }

    /** Where pages of these columns are kept until they are in the file. */
    static ColumnChunkPageWriteStore pages(MessageType schema, ParquetProperties encodings, ZstdPages compressor) {
        return new ColumnChunkPageWriteStore(
                compressor,
                schema,
                encodings.getAllocator(),
                encodings.getColumnIndexTruncateLength(),
                encodings.getPageWriteChecksumEnabled());
    }

    private void recode(List<SourceFile.Group> groups, ColumnChunkPageWriteStore pages) {
        ColumnWriteStore store = encodings.newColumnWriteStore(alone, pages, pages);
        ColumnWriter out = store.getColumnWriter(alone.getColumns().getFirst());
        for (SourceFile.Group group : groups) {
            Optional<SourceFile.Values> values = group.column(fieldId());
            if (values.isPresent()) {
                copy(values.get(), out, store);
            } else {
                writeAbsent(group, out, store);
            }
        }
        store.flush();
        store.close();
    }

    /** The column's rows that come to stand at [from, to). */
    void write(SortedColumn values, int from, int to, ColumnChunkPageWriteStore pages) throws IOException {
        ColumnWriteStore store = encodings.newColumnWriteStore(alone, pages, pages);
        values.write(from, to, store.getColumnWriter(alone.getColumns().getFirst()), store);
        store.flush();
        store.close();
    }

    ColumnDescriptor column() {
        return column;
    }

    private static void copy(SourceFile.Values values, ColumnWriter out, ColumnWriteStore store) {
        ColumnReader in = values.reader();
        int present = in.getDescriptor().getMaxDefinitionLevel();
        var type = in.getDescriptor().getPrimitiveType().getPrimitiveTypeName();
        for (long i = 0; i < values.count(); i++) {
            int repetition = in.getCurrentRepetitionLevel();
            int definition = in.getCurrentDefinitionLevel();
            if (repetition == 0 && i > 0) {
                store.endRecord();
            }
            if (definition < present) {
                out.writeNull(repetition, definition);
            } else {
                switch (type) {
                    case INT32 -> out.write(in.getInteger(), repetition, definition);
                    case INT64 -> out.write(in.getLong(), repetition, definition);
                    case BOOLEAN -> out.write(in.getBoolean(), repetition, definition);
                    case FLOAT -> out.write(in.getFloat(), repetition, definition);
                    case DOUBLE -> out.write(in.getDouble(), repetition, definition);
                    default -> out.write(in.getBinary(), repetition, definition);
                }
            }
            in.consume();
        }
        store.endRecord();
    }

    /** A column that the table got after these rows were written. */
    private void writeAbsent(SourceFile.Group group, ColumnWriter out, ColumnWriteStore store) {
        if (column.getMaxDefinitionLevel() == 0) {
            throw new IllegalStateException(group.source().file().location() + " lacks the required column "
                    + String.join(".", column.getPath()));
        }
        for (long row = 0; row < group.rows(); row++) {
            out.writeNull(0, 0);
            store.endRecord();
        }
    }

    private static Type onPath(Type type, ColumnDescriptor column, int depth) {
        return type.isPrimitive()
                ? type
                : type.asGroupType()
                        .withNewFields(onPath(type.asGroupType().getType(column.getPath()[depth]), column, depth + 1));
    }
}
