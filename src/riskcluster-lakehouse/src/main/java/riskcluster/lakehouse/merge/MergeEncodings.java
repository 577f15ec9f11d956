package riskcluster.lakehouse.merge;

import java.util.Set;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.schema.MessageType;

/** How the columns of a merged file are encoded. */
final class MergeEncodings {

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

    private MergeEncodings() {}

    /** For a table of this Parquet schema, for one thread; bounds stand where the table's metrics want them. */
    static ParquetProperties of(MessageType schema, MetricsConfig metrics) {
        var properties = ParquetProperties.builder()
                .withPageSize(PAGE_BYTES)
                .withDictionaryPageSize(DICTIONARY_BYTES)
                .withValuesWriterFactory(new ColumnEncodings())
                .withAllocator(new UsedAgain())
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
