package riskcluster.lakehouse.write;

import java.util.List;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.log.Tombstone;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.PlainBytes;
import riskcluster.lakehouse.column.Texts;

/** The rows of {@code bronze.rejected} in one file. */
final class RejectedRows implements Rows {

    private final RecordColumns place;
    private final PlainBytes key;
    private final PlainBytes value;
    private final HeaderColumns headers;
    private final Texts reason;
    private final Texts detail;

    RejectedRows(Columns columns) {
        place = new RecordColumns(columns);
        key = columns.plainBytes("key");
        value = columns.plainBytes("value");
        headers = new HeaderColumns(columns);
        reason = columns.texts("reason");
        detail = columns.texts("detail");
    }

    void add(LogRecord record, Outcome.Rejected rejected, long ingestTimeMicros) {
        place.add(record, ingestTimeMicros);
        key.add(record.key());
        value.add(record.value());
        headers.add(record.headers());
        reason.add(rejected.reason().code());
        detail.add(rejected.detail());
    }

    /** What is left of an erased record. */
    void add(LogRecord record, Tombstone left, long ingestTimeMicros) {
        place.add(record, ingestTimeMicros);
        key.add((byte[]) null);
        value.add((byte[]) null);
        headers.add(List.of());
        reason.add(left.kind().disposition());
        detail.add("");
    }
}
