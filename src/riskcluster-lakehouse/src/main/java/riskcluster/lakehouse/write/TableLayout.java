package riskcluster.lakehouse.write;

import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import riskcluster.lakehouse.column.Columns;

/** How a table's rows lie in its files: the Parquet schema, the encodings, the folders by day. */
final class TableLayout<R extends Rows> {

    /** Histograms of levels and sizes that no reader of ours asks for cost as much as the encoding. */
    private static final ParquetProperties FOOTER =
            ParquetProperties.builder().withSizeStatisticsEnabled(false).build();

    private final TableDefinition definition;
    private final String location;
    private final PartitionSpec spec;
    private final MetricsConfig metrics;
    private final MessageType schema;
    private final Set<String> bounded;
    private final Function<Columns, R> rows;

    /** The layout of a table whose rows are encoded by what {@code rows} makes for each file. */
    TableLayout(TableDefinition definition, Warehouse warehouse, Function<Columns, R> rows) {
        this.definition = definition;
        this.location = warehouse.locationOf(definition);
        this.spec = IcebergTables.spec(definition);
        this.metrics = IcebergTables.metrics(definition);
        this.schema = ParquetSchemaUtil.convert(IcebergTables.schema(definition), definition.name());
        this.bounded = bounded(schema, metrics);
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

    /** How the footer and the indexes are written. */
    ParquetProperties footer() {
        return FOOTER;
    }

    MessageType schema() {
        return schema;
    }

    /** Empty columns for the rows of one file, and for those of the next when they are cleared. */
    Sheet<R> sheet() {
        var columns = new Columns(schema, column -> bounded.contains(path(column)));
        var sheet = new Sheet<>(columns, rows.apply(columns));
        columns.complete();
        return sheet;
    }

    /** The day's place; nowhere in particular where the table is not divided by day. */
    PartitionData partition(int day) {
        var partition = new PartitionData(spec.partitionType());
        if (spec.isPartitioned()) {
            partition.set(0, day);
        }
        return partition;
    }

    /** The location of a file with rows of this day. */
    String fileLocation(PartitionData partition, String name) {
        String folder = spec.isUnpartitioned() ? "" : spec.partitionToPath(partition) + "/";
        return location + "/data/" + folder + name;
    }

    /** The columns whose bounds and counts stand in the manifests; nobody would look for those of others. */
    private static Set<String> bounded(MessageType schema, MetricsConfig metrics) {
        return schema.getColumns().stream()
                .filter(column -> !metrics.columnMode(
                                column.getPrimitiveType().getId().intValue())
                        .equals(MetricsModes.None.get()))
                .map(TableLayout::path)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String path(ColumnDescriptor column) {
        return String.join(".", column.getPath());
    }
}
