package riskcluster.lakehouse.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.parquet.Parquet;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.catalog.IcebergTables;

/** The rows of a data file that belong to some ranges of offsets. */
final class FileRows {

    private FileRows() {}

    /** Takes one row. */
    @FunctionalInterface
    interface Receiver {
        void row(LogPartition source, long offset, Record row);
    }

    /** Hands over the rows of these ranges, in the file's order. */
    static void read(BoundedFile bounded, List<String> columns, OffsetRanges ranges, Receiver receiver) {
        Schema schema = IcebergTables.schema(bounded.table().definition()).select(columns);
        var names = bounded.columns();
        var at =
                new int[] {place(schema, names.topic()), place(schema, names.partition()), place(schema, names.offset())
                };
        String location = bounded.file().location();
        try (var rows = Parquet.read(bounded.table()
                        .io()
                        .newInputFile(location, bounded.file().fileSizeInBytes()))
                .project(schema)
                .filter(bounded.filter(ranges))
                .reuseContainers()
                .createReaderFunc(parquet -> GenericParquetReaders.buildReader(schema, parquet))
                .<Record>build()) {
            for (Record row : rows) {
                long offset = row.get(at[2], Long.class);
                var source = ranges.find(row.get(at[0], String.class), row.get(at[1], Integer.class), offset);
                if (source.isPresent()) {
                    receiver.row(source.get(), offset, row);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + location, failure);
        }
    }

    private static int place(Schema schema, String column) {
        return schema.columns().indexOf(schema.findField(column));
    }
}
