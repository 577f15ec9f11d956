package riskcluster.lakehouse.erase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;

/** Writes data files of one table anew: the same rows in their order, some changed, some gone. */
public final class FileAnew {

    private final RowChange change;
    private final Supplier<String> names;

    /** @param names gives a file name that was never used, which tells its writer's scope and epoch */
    public FileAnew(RowChange change, Supplier<String> names) {
        this.change = change;
        this.names = names;
    }

    /** Whether the file has a row that does not stay as it is. */
    public boolean concerns(TableMetadata metadata, FileIO io, String path) {
        Schema schema = metadata.schema().select(change.columns());
        try (var rows = Parquet.read(io.newInputFile(path))
                .project(schema)
                .filter(change.filter())
                .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                .<Record>build()) {
            for (Record row : rows) {
                if (change.concerns(row)) {
                    return true;
                }
            }
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + path, failure);
        }
    }

    /** The file in its place, safe in the store; empty where nothing is left. */
    public Optional<DataFile> write(TableMetadata metadata, FileIO io, DataFile file) {
        Schema schema = metadata.schema();
        DataWriter<Record> out = writer(metadata, io, file);
        long rows = 0;
        try (out;
                var all = Parquet.read(io.newInputFile(file.location()))
                        .project(schema)
                        .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                        .<Record>build()) {
            for (Record row : all) {
                List<Record> left = change.concerns(row) ? change.left(row) : List.of(row);
                left.forEach(out::write);
                rows += left.size();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + file.location() + " anew", failure);
        }
        return rows == 0 ? Optional.empty() : Optional.of(out.toDataFile());
    }

    private DataWriter<Record> writer(TableMetadata metadata, FileIO io, DataFile like) {
        PartitionSpec spec = metadata.spec(like.specId());
        String folder = spec.isPartitioned() ? spec.partitionToPath(like.partition()) + "/" : "";
        var target = io.newOutputFile(metadata.location() + "/data/" + folder + names.get());
        Integer order = like.sortOrderId();
        var builder = Parquet.writeData(target)
                .schema(metadata.schema())
                .setAll(metadata.properties())
                .metricsConfig(MetricsConfig.from(metadata.properties(), metadata.schema(), SortOrder.unsorted()))
                .createWriterFunc(GenericParquetWriter::create)
                .withSpec(spec)
                .withPartition(like.partition());
        if (change.keepsOrder() && order != null && metadata.sortOrdersById().containsKey(order)) {
            builder.withSortOrder(metadata.sortOrdersById().get(order));
        }
        try {
            return builder.build();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + target.location(), failure);
        }
    }
}
