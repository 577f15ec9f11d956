package riskcluster.lakehouse.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.ledger.StagedFile;

/** What a data file's entry for the manifest tells of its rows. */
final class FileFigures {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataFile file;
    private final Schema schema;

    private FileFigures(DataFile file, Schema schema) {
        this.file = file;
        this.schema = schema;
    }

    static FileFigures of(StagedFile staged, Schema schema, PartitionSpec spec) {
        try {
            var entry = JSON.readTree(staged.dataFile());
            var file = (DataFile) ContentFileParser.fromJson(entry, Map.of(spec.specId(), spec));
            return new FileFigures(file, schema);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("the manifest entry of " + staged.path() + " cannot be read", failure);
        }
    }

    /** Nulls in the column; 0 where nobody counted. */
    long nulls(String column) {
        Map<Integer, Long> counts = file.nullValueCounts();
        return counts == null ? 0 : counts.getOrDefault(id(column), 0L);
    }

    /** The smallest number in the column; empty where nobody knows it. */
    Optional<BigDecimal> least(String column) {
        return bound(file.lowerBounds(), column);
    }

    /** The greatest number in the column; empty where nobody knows it. */
    Optional<BigDecimal> greatest(String column) {
        return bound(file.upperBounds(), column);
    }

    private Optional<BigDecimal> bound(@Nullable Map<Integer, ByteBuffer> bounds, String column) {
        ByteBuffer bound = bounds == null ? null : bounds.get(id(column));
        if (bound == null) {
            return Optional.empty();
        }
        Object value = Conversions.fromByteBuffer(schema.findType(column), bound);
        return Optional.ofNullable(
                switch (value) {
                    case BigDecimal number -> number;
                    case Integer number -> BigDecimal.valueOf(number);
                    case Long number -> BigDecimal.valueOf(number);
                    case Float number -> Float.isFinite(number) ? BigDecimal.valueOf(number) : null;
                    case Double number -> Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
                    default -> null;
                });
    }

    private int id(String column) {
        Types.NestedField field = schema.findField(column);
        if (field == null) {
            throw new IllegalArgumentException("no column " + column);
        }
        return field.fieldId();
    }
}
