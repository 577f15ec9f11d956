package riskcluster.lakehouse.merge;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.fallback.FallbackValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Chooses the encoder of each column of one table. One object for each table: Parquet's default is shared by all, so
 * that the table set up last would decide for the others.
 */
final class ColumnEncodings implements ValuesWriterFactory {

    private final DefaultV1ValuesWriterFactory parquets = new DefaultV1ValuesWriterFactory();
    private ParquetProperties properties = ParquetProperties.builder().build();

    @Override
    public void initialize(ParquetProperties tableProperties) {
        properties = tableProperties;
        parquets.initialize(tableProperties);
    }

    @Override
    public ValuesWriter newValuesWriter(ColumnDescriptor column) {
        boolean text = column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
        if (!text || !properties.isDictionaryEnabled(column)) {
            return parquets.newValuesWriter(column);
        }
        return FallbackValuesWriter.of(
                new TextDictionary(properties.getDictionaryPageSizeThreshold(), properties.getAllocator()),
                new PlainValuesWriter(
                        properties.getInitialSlabSize(), properties.getPageSizeThreshold(), properties.getAllocator()));
    }
}
