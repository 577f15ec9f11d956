package riskcluster.lakehouse.write;

import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.CustomerVersion;
import riskcluster.contracts.log.LogRecord;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.Numbers;
import riskcluster.lakehouse.column.PlainBytes;
import riskcluster.lakehouse.column.PlainNumbers;
import riskcluster.lakehouse.column.Texts;

/** The rows of {@code gold.dim_customer} in one file. */
final class CustomerRows implements Rows {

    private final PlainNumbers key;
    private final PlainBytes customerKey;
    private final Numbers version;
    private final Numbers validFrom;
    private final Texts homeCountry;
    private final Texts worstBand;
    private final Texts sourceTopic;
    private final Numbers sourcePartition;
    private final PlainNumbers sourceOffset;
    private final PlainNumbers former;

    CustomerRows(Columns columns) {
        key = columns.plainNumbers("dim_customer_key");
        customerKey = columns.plainBytes("customer_key");
        version = columns.numbers("version");
        validFrom = columns.numbers("valid_from");
        homeCountry = columns.texts("home_country");
        worstBand = columns.texts("worst_band");
        sourceTopic = columns.texts("source_topic");
        sourcePartition = columns.numbers("source_partition");
        sourceOffset = columns.plainNumbers("source_offset");
        former = columns.plainNumbers("former_dim_customer_key");
    }

    /** @param record the one that began the version */
    void add(LogRecord record, CustomerVersion begun) {
        key.add(begun.key());
        customerKey.add(begun.customerKey());
        version.add(begun.number());
        validFrom.add(begun.validFromMicros());
        homeCountry.add(begun.homeCountry());
        worstBand.add(begun.worstBand().name());
        sourceTopic.add(record.source().topic());
        sourcePartition.add(record.source().partition());
        sourceOffset.add(record.offset());
        @Nullable Long none = null;
        if (begun.formerKey().isPresent()) {
            former.add(begun.formerKey().getAsLong());
        } else {
            former.add(none);
        }
    }
}
