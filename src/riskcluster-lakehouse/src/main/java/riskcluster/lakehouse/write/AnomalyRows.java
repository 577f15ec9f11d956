package riskcluster.lakehouse.write;

import riskcluster.contracts.decision.Anomaly;
import riskcluster.contracts.log.LogRecord;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.Numbers;
import riskcluster.lakehouse.column.PlainBytes;
import riskcluster.lakehouse.column.PlainNumbers;
import riskcluster.lakehouse.column.Reals;
import riskcluster.lakehouse.column.Texts;

/** The rows of {@code gold.anomalies} in one file. */
final class AnomalyRows implements Rows {

    private final PlainBytes id;
    private final Texts customerKey;
    private final Numbers windowSeconds;
    private final PlainNumbers windowStart;
    private final PlainNumbers windowEnd;
    private final Numbers transactions;
    private final Numbers windows;
    private final Reals mean;
    private final Reals deviation;
    private final Reals zScore;
    private final Texts sourceTopic;
    private final Numbers sourcePartition;
    private final PlainNumbers sourceOffset;

    AnomalyRows(Columns columns) {
        id = columns.plainBytes("anomaly_id");
        customerKey = columns.texts("customer_key");
        windowSeconds = columns.numbers("window_seconds");
        windowStart = columns.plainNumbers("window_start");
        windowEnd = columns.plainNumbers("window_end");
        transactions = columns.numbers("transactions");
        windows = columns.numbers("windows");
        mean = columns.reals("mean");
        deviation = columns.reals("deviation");
        zScore = columns.reals("z_score");
        sourceTopic = columns.texts("source_topic");
        sourcePartition = columns.numbers("source_partition");
        sourceOffset = columns.plainNumbers("source_offset");
    }

    /** @param record the one that closed the window */
    void add(LogRecord record, Anomaly anomaly) {
        id.add(anomaly.id());
        customerKey.add(anomaly.customerKey());
        windowSeconds.add(anomaly.windowSeconds());
        windowStart.add(anomaly.startMicros());
        windowEnd.add(anomaly.endMicros());
        transactions.add(anomaly.transactions());
        windows.add(anomaly.windows());
        mean.add(anomaly.mean());
        deviation.add(anomaly.deviation());
        zScore.add(anomaly.zScore());
        sourceTopic.add(record.source().topic());
        sourcePartition.add(record.source().partition());
        sourceOffset.add(record.offset());
    }
}
