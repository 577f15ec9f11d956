package riskcluster.lakehouse.write;

import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.schema.MessageType;

/** The columns of one file, handed out in the order of the table; asking for another one is a bug. */
final class Columns {

    private final List<ColumnDescriptor> descriptors;
    private final ColumnWriteStore store;
    private int next;

    Columns(MessageType schema, ColumnWriteStore store) {
        this.descriptors = schema.getColumns();
        this.store = store;
    }

    /** The next column; inside lists the path has Parquet's own steps, {@code features.list.element}. */
    ColumnSink next(String path) {
        ColumnDescriptor descriptor = descriptors.get(next++);
        String actual = String.join(".", descriptor.getPath());
        if (!actual.equals(path)) {
            throw new IllegalStateException("the next column is " + actual + ", not " + path);
        }
        return new ColumnSink(store.getColumnWriter(descriptor), descriptor.getMaxDefinitionLevel());
    }

    /** Checks that every column was handed out. */
    void complete() {
        if (next != descriptors.size()) {
            throw new IllegalStateException("column " + descriptors.get(next) + " has no encoder");
        }
    }
}
