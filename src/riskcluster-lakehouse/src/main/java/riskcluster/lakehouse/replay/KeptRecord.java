package riskcluster.lakehouse.replay;

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
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;

/**
 * A record as bronze keeps it.
 *
 * @param table where it stands, qualified
 * @param end what became of it: {@code decided}, {@code duplicate}, or the numbered reason for which it was rejected
 */
record KeptRecord(LogRecord record, String table, String end) {

    private static final List<String> INPUT =
            List.of("topic", "partition", "offset", "kafka_time", "key", "value", "headers");

    /** The columns that are read of a bronze table. */
    static List<String> columns(TableDefinition table) {
        var columns = new ArrayList<>(INPUT);
        columns.add(end(table));
        return columns;
    }

    private static String end(TableDefinition table) {
        return table.equals(Tables.BRONZE_REJECTED) ? "reason" : "disposition";
    }

    /** Copies what it takes from the row. */
    static KeptRecord of(TableDefinition table, LogPartition source, long offset, Record row) {
        var time = (OffsetDateTime) row.getField("kafka_time");
        var record = new LogRecord(
                source,
                offset,
                ChronoUnit.MILLIS.between(Instant.EPOCH, time.toInstant()),
                bytes(row.getField("key")),
                bytes(row.getField("value")),
                headers((List<?>) row.getField("headers")));
        return new KeptRecord(
                record, table.qualifiedName(), row.getField(end(table)).toString());
    }

    private static List<Header> headers(List<?> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
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
