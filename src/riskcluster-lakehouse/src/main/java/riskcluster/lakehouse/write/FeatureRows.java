package riskcluster.lakehouse.write;

import java.util.ArrayList;
import java.util.List;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.ColumnType;
import riskcluster.contracts.table.Tables;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.Flags;
import riskcluster.lakehouse.column.Numbers;
import riskcluster.lakehouse.column.PlainBytes;
import riskcluster.lakehouse.column.PlainNumbers;
import riskcluster.lakehouse.column.Reals;
import riskcluster.lakehouse.column.Singles;
import riskcluster.lakehouse.column.Texts;

/** The rows of {@code gold.features} in one file. */
final class FeatureRows implements Rows {

    private final PlainBytes transactionId;
    private final Texts customerKey;
    private final PlainNumbers eventTime;
    private final Flags fraud;
    private final Numbers featureVersion;
    private final Numbers points;
    private final Texts band;
    private final Reals probability;
    private final Texts policyVersion;
    private final Flags late;
    private final Flags approximate;
    private final Texts sourceTopic;
    private final Numbers sourcePartition;
    private final PlainNumbers sourceOffset;
    private final List<Singles> vector = new ArrayList<>();

    FeatureRows(Columns columns) {
        transactionId = columns.plainBytes("transaction_id");
        customerKey = columns.texts("customer_key");
        eventTime = columns.plainNumbers("event_time");
        fraud = columns.flags("is_fraud");
        featureVersion = columns.numbers("feature_version");
        points = columns.numbers("points");
        band = columns.texts("band");
        probability = columns.reals("probability");
        policyVersion = columns.texts("policy_version");
        late = columns.flags("is_late");
        approximate = columns.flags("is_approximate");
        sourceTopic = columns.texts("source_topic");
        sourcePartition = columns.numbers("source_partition");
        sourceOffset = columns.plainNumbers("source_offset");
        Tables.GOLD_FEATURES.columns().stream()
                .filter(column -> column.type() == ColumnType.Scalar.FLOAT)
                .map(Column::name)
                .forEach(name -> vector.add(columns.singles(name)));
    }

    void add(LogRecord record, Decision decision) {
        Transaction transaction = decision.transaction();
        transactionId.add(transaction.transactionId());
        customerKey.add(decision.customerKey());
        eventTime.add(transaction.eventTimeMicros());
        fraud.add(transaction.fraud());
        featureVersion.add(decision.featureVersion());
        points.add(decision.points());
        band.add(decision.band().name());
        probability.add(decision.probability());
        policyVersion.add(decision.policyVersion());
        late.add(decision.late());
        approximate.add(decision.approximate());
        sourceTopic.add(record.source().topic());
        sourcePartition.add(record.source().partition());
        sourceOffset.add(record.offset());
        addVector(decision.features());
    }

    /** A shorter vector is one of an older version: what it does not have is missing. */
    private void addVector(float[] features) {
        for (int i = 0; i < vector.size(); i++) {
            vector.get(i).add(i < features.length ? features[i] : Float.NaN);
        }
    }
}
