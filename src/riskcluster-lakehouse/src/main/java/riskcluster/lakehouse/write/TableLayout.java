package riskcluster.lakehouse.write;

import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.schema.MessageType;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.IcebergTables;
import riskcluster.lakehouse.catalog.Warehouse;

/** How a table's rows lie in its files: the Parquet schema, the encodings, the folders by day. */
final class TableLayout<R extends Rows> {

    private static final int PAGE_BYTES = 1 << 20;
    private static final int DICTIONARY_BYTES = 1 << 20;

    /** A dictionary of these would be built for nothing and thrown away. */
    private static final Set<String> MOSTLY_UNIQUE = Set.of(
            "offset",
            "source_offset",
            "transaction_id",
            "event_time",
            "amount",
            "value",
            "headers.list.element.value",
            "features.list.element");

    private final TableDefinition definition;
    private final String location;
    private final PartitionSpec spec;
    private final MetricsConfig metrics;
    private final MessageType schema;
    private final ParquetProperties encodings;
    private final Function<Columns, R> rows;

    /** The layout of a table whose rows are encoded by what {@code rows} makes for each file. */
    TableLayout(TableDefinition definition, Warehouse warehouse, Function<Columns, R> rows) {
        this.definition = definition;
        this.location = warehouse.locationOf(definition);
        this.spec = IcebergTables.spec(definition);
        this.metrics = IcebergTables.metrics(definition);
        this.schema = ParquetSchemaUtil.convert(IcebergTables.schema(definition), definition.name());
        this.encodings = encodings(schema, metrics);
        this.rows = rows;
    }

    TableDefinition definition() {
        return definition;
    }

    PartitionSpec spec() {
        return spec;
    }

    MetricsConfig metrics() {
        return metrics;
    }

    MessageType schema() {
        return schema;
    }

    ParquetProperties encodings() {
        return encodings;
    }

    R rows(Columns columns) {
        return rows.apply(columns);
    }

    PartitionData partition(int day) {
        var partition = new PartitionData(spec.partitionType());
        partition.set(0, day);
        return partition;
    }

    /** The location of a file with rows of this day. */
    String fileLocation(PartitionData partition, String name) {
        return location + "/data/" + spec.partitionToPath(partition) + "/" + name;
    }

    /** The encoders of a table of this Parquet schema. */
    static ParquetProperties encodings(MessageType schema, MetricsConfig metrics) {
        var properties = ParquetProperties.builder()
                .withPageSize(PAGE_BYTES)
                .withDictionaryPageSize(DICTIONARY_BYTES)
                .withValuesWriterFactory(new ColumnEncodings())
                // Histograms of levels and sizes that no reader of ours asks for cost as much as the encoding.
                .withSizeStatisticsEnabled(false);
        for (ColumnDescriptor column : schema.getColumns()) {
            String path = String.join(".", column.getPath());
            boolean bounds = !metrics.columnMode(
                            column.getPrimitiveType().getId().intValue())
                    .equals(MetricsModes.None.get());
            properties.withDictionaryEncoding(path, !MOSTLY_UNIQUE.contains(path));
            properties.withStatisticsEnabled(path, bounds);
        }
        return properties.build();
    }
}
