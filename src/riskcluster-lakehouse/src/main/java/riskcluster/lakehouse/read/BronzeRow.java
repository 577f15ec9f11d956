package riskcluster.lakehouse.read;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;

/** The record of the log that a row of a bronze table keeps. */
public final class BronzeRow {

    /** The columns that it is read from. */
    public static final List<String> COLUMNS =
            List.of("topic", "partition", "offset", "kafka_time", "key", "value", "headers");

    private static final long MICROS_PER_MILLI = 1_000;

    private BronzeRow() {}

    /** Copies what it takes from the row. */
    public static LogRecord record(LogPartition source, long offset, Record row) {
        var time = (OffsetDateTime) row.getField("kafka_time");
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
        return new LogRecord(
                source,
                offset,
                Math.floorDiv(micros, MICROS_PER_MILLI),
                bytes(row.getField("key")),
                bytes(row.getField("value")),
                headers((List<?>) row.getField("headers")));
    }

    private static List<Header> headers(List<?> rows) {
        var headers = new ArrayList<Header>(rows.size());
        for (Object row : rows) {
            var header = (Record) row;
            headers.add(new Header(header.getField("name").toString(), bytes(header.getField("value"))));
        }
        return List.copyOf(headers);
    }

    private static byte @Nullable [] bytes(@Nullable Object column) {
        if (!(column instanceof ByteBuffer content)) {
            return null;
        }
        var copy = new byte[content.remaining()];
        content.duplicate().get(copy);
        return copy;
    }
}
