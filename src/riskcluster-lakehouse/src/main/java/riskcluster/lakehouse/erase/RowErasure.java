package riskcluster.lakehouse.erase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.Tombstone;
import riskcluster.contracts.table.PersonalTable;
import riskcluster.contracts.table.PersonalTable.Left;
import riskcluster.contracts.table.Tables;

/** Writes a data file anew without a customer: the same rows in their order, his gone or left as tombstones. */
public final class RowErasure {

    /** What stays of a row that is left as a tombstone: coordinates and times. */
    private static final Set<String> KEPT =
            Set.of("topic", "partition", "offset", "kafka_time", "ingest_time", "event_time");

    private final PersonalTable table;
    private final Subject subject;
    private final Supplier<String> names;

    /** @param names gives a file name that was never used, which tells its writer's scope and epoch */
    public RowErasure(PersonalTable table, Subject subject, Supplier<String> names) {
        this.table = table;
        this.subject = subject;
        this.names = names;
    }

    public PersonalTable table() {
        return table;
    }

    /** Whether a file of the table has a row of his. */
    public boolean holds(TableMetadata metadata, FileIO io, String path) {
        Schema schema = metadata.schema().select(Subject.columns(table));
        try (var rows = Parquet.read(io.newInputFile(path))
                .project(schema)
                .filter(subject.filter(table))
                .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                .<Record>build()) {
            for (Record row : rows) {
                if (subject.owns(table, row)) {
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
                boolean his = subject.owns(table, row);
                if (!his || table.left() == Left.TOMBSTONE) {
                    out.write(his ? tombstone(row) : row);
                    rows++;
                }
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
        if (order != null && metadata.sortOrdersById().containsKey(order)) {
            builder.withSortOrder(metadata.sortOrdersById().get(order));
        }
        try {
            return builder.build();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + target.location(), failure);
        }
    }

    private Record tombstone(Record row) {
        Record left = row.copy();
        for (Types.NestedField column : row.struct().fields()) {
            if (!KEPT.contains(column.name())) {
                left.setField(column.name(), column.isOptional() ? null : nothing(column.type()));
            }
        }
        if (table.table().equals(Tables.BRONZE_REJECTED)) {
            left.setField("reason", Tombstone.Kind.REJECTED.disposition());
        } else {
            boolean counted = row.getField("disposition").toString().equals("decided");
            var kind = counted ? Tombstone.Kind.DECIDED : Tombstone.Kind.DUPLICATE;
            left.setField("disposition", kind.disposition());
        }
        return left;
    }

    /** What stands where there must be something. */
    private static @Nullable Object nothing(Type type) {
        return switch (type.typeId()) {
            case STRING -> "";
            case BINARY -> ByteBuffer.allocate(0);
            case LIST -> List.of();
            case DECIMAL -> BigDecimal.ZERO.setScale(((Types.DecimalType) type).scale());
            case INTEGER -> 0;
            case LONG -> 0L;
            case BOOLEAN -> false;
            default -> throw new IllegalStateException("a tombstone knows nothing of type " + type);
        };
    }
}
