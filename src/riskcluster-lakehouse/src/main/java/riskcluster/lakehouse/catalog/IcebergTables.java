package riskcluster.lakehouse.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.ColumnType;
import riskcluster.contracts.table.TableDefinition;

/** A table definition said in Iceberg's words: schema, partition spec, properties, first metadata. */
public final class IcebergTables {

    private static final int AMOUNT_PRECISION = 18;
    private static final int TOTAL_PRECISION = 38;
    private static final int AMOUNT_SCALE = 4;

    /** Older metadata files than this many are dropped from the log, and deleted after their grace. */
    private static final int METADATA_VERSIONS_KEPT = 5;

    private IcebergTables() {}

    /** The schema, with the definition's own field ids and comments. */
    public static Schema schema(TableDefinition table) {
        return new Schema(table.columns().stream().map(IcebergTables::field).toList());
    }

    /** By UTC day of the definition's time column; not divided where there is none. */
    public static PartitionSpec spec(TableDefinition table) {
        return table.partitionedByDayOf()
                .map(column ->
                        PartitionSpec.builderFor(schema(table)).day(column).build())
                .orElseGet(PartitionSpec::unpartitioned);
    }

    /** Which columns have bounds and counts in the manifests. */
    public static MetricsConfig metrics(TableDefinition table) {
        return MetricsConfig.from(properties(table), schema(table), SortOrder.unsorted());
    }

    /** Whether the two have the same fields: ids, names, types, requiredness. Comments may differ. */
    static boolean sameColumns(Type one, Type other) {
        if (one.isPrimitiveType() || other.isPrimitiveType() || one.typeId() != other.typeId()) {
            return one.equals(other);
        }
        List<Types.NestedField> fields = one.asNestedType().fields();
        List<Types.NestedField> others = other.asNestedType().fields();
        return fields.size() == others.size()
                && IntStream.range(0, fields.size()).allMatch(i -> same(fields.get(i), others.get(i)));
    }

    private static boolean same(Types.NestedField one, Types.NestedField other) {
        return one.fieldId() == other.fieldId()
                && one.name().equals(other.name())
                && one.isOptional() == other.isOptional()
                && sameColumns(one.type(), other.type());
    }

    /** The metadata of a table that has no snapshot yet. */
    public static TableMetadata firstMetadata(TableDefinition table, String location) {
        Schema whole = schema(table);
        var first = new Schema(whole.columns().stream()
                .filter(column -> !TableEvolution.isExtra(column))
                .toList());
        // Iceberg counts the ids of a new table from 1; those of columns that came later stay as they are
        var metadata =
                TableMetadata.newTableMetadata(first, spec(table), SortOrder.unsorted(), location, properties(table));
        return first.columns().size() == whole.columns().size()
                ? metadata
                : TableMetadata.buildFrom(metadata)
                        .setCurrentSchema(whole, whole.highestFieldId())
                        .discardChanges()
                        .build();
    }

    private static Map<String, String> properties(TableDefinition table) {
        var properties = new LinkedHashMap<String, String>();
        properties.put(TableProperties.FORMAT_VERSION, "2");
        properties.put("comment", table.comment());
        properties.put(TableProperties.DEFAULT_FILE_FORMAT, "parquet");
        properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
        properties.put(TableProperties.DELETE_MODE, "copy-on-write");
        properties.put(TableProperties.UPDATE_MODE, "copy-on-write");
        properties.put(TableProperties.MERGE_MODE, "copy-on-write");
        properties.put(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, Integer.toString(METADATA_VERSIONS_KEPT));
        properties.put(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "false");
        // Files go by our own deferred deletions; an engine from outside must not expire what a kept batch pins.
        properties.put(TableProperties.GC_ENABLED, "false");
        properties.put(TableProperties.DEFAULT_WRITE_METRICS_MODE, "truncate(16)");
        for (Column column : table.columns()) {
            if (!isBounded(column.type())) {
                leaves(column.name(), column.type())
                        .forEach(
                                path -> properties.put(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + path, "none"));
            }
        }
        return properties;
    }

    /** Nobody looks for rows by the bounds of bytes, lists or floats, which may be NaN. */
    private static boolean isBounded(ColumnType type) {
        return type instanceof ColumnType.Scalar && type != ColumnType.Scalar.BINARY && type != ColumnType.Scalar.FLOAT;
    }

    private static List<String> leaves(String path, ColumnType type) {
        return switch (type) {
            case ColumnType.Scalar scalar -> List.of(path);
            case ColumnType.ListOf list -> leaves(path + ".element", list.element());
            case ColumnType.Struct struct ->
                struct.fields().stream()
                        .flatMap(field -> leaves(path + "." + field.name(), field.type()).stream())
                        .toList();
        };
    }

    private static Types.NestedField field(Column column) {
        Type type = type(column.type());
        return column.required()
                ? Types.NestedField.required(column.id(), column.name(), type, column.comment())
                : Types.NestedField.optional(column.id(), column.name(), type, column.comment());
    }

    private static Type type(ColumnType type) {
        return switch (type) {
            case ColumnType.Scalar scalar -> scalar(scalar);
            case ColumnType.ListOf list -> Types.ListType.ofRequired(list.elementId(), type(list.element()));
            case ColumnType.Struct struct ->
                Types.StructType.of(
                        struct.fields().stream().map(IcebergTables::field).toList());
        };
    }

    private static Type scalar(ColumnType.Scalar scalar) {
        return switch (scalar) {
            case STRING -> Types.StringType.get();
            case BINARY -> Types.BinaryType.get();
            case BOOLEAN -> Types.BooleanType.get();
            case INT -> Types.IntegerType.get();
            case LONG -> Types.LongType.get();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case AMOUNT -> Types.DecimalType.of(AMOUNT_PRECISION, AMOUNT_SCALE);
            case TOTAL -> Types.DecimalType.of(TOTAL_PRECISION, AMOUNT_SCALE);
            case TIMESTAMP -> Types.TimestampType.withZone();
        };
    }
}
