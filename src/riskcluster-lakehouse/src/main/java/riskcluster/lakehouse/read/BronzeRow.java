package riskcluster.lakehouse.read;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.log.Tombstone;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;

/** The record of the log that a row of a bronze table keeps. */
public final class BronzeRow {

    private static final List<String> COLUMNS =
            List.of("topic", "partition", "offset", "kafka_time", "key", "value", "headers");

    /** Of either bronze table, what it takes to know an erased record. */
    private static final Map<String, List<String>> OF_ERASED = Map.of(
            Tables.BRONZE_TRANSACTIONS.name(),
            List.of("disposition", "event_time"),
            Tables.BRONZE_REJECTED.name(),
            List.of("reason"));

    private static final long MICROS_PER_MILLI = 1_000;

    private BronzeRow() {}

    /** The columns that are read of a bronze table. */
    public static List<String> columns(TableDefinition table) {
        var columns = new ArrayList<>(COLUMNS);
        columns.addAll(Objects.requireNonNull(OF_ERASED.get(table.name()), table::qualifiedName));
        return columns;
    }

    /** Copies what it takes from the row. */
    public static LogRecord record(TableDefinition table, LogPartition source, long offset, Record row) {
        boolean rejected = table.equals(Tables.BRONZE_REJECTED);
        String end = row.getField(rejected ? "reason" : "disposition").toString();
        long kafkaMicros = micros(row, "kafka_time");
        var record = new LogRecord(
                source,
                offset,
                Math.floorDiv(kafkaMicros, MICROS_PER_MILLI),
                bytes(row.getField("key")),
                bytes(row.getField("value")),
                headers((List<?>) row.getField("headers")));
        for (var kind : Tombstone.Kind.values()) {
            if (kind.disposition().equals(end) && rejected == (kind == Tombstone.Kind.REJECTED)) {
                return record.erased(new Tombstone(kind, rejected ? kafkaMicros : micros(row, "event_time")));
            }
        }
        return record;
    }

    private static long micros(Record row, String column) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, ((OffsetDateTime) row.getField(column)).toInstant());
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
