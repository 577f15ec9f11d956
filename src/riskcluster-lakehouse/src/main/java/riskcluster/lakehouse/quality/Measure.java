package riskcluster.lakehouse.quality;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be measured of a batch without reading a row. */
public enum Measure {
    /** Input records that stand neither in bronze.transactions nor in bronze.rejected. */
    RECORDS_WITHOUT_ROW("input records without a row in bronze"),
    /** Rows of bronze beyond one for each offset, and files with offsets outside their checkpoint's range. */
    ROWS_BEYOND_OFFSETS("rows of bronze beyond one for each offset of a checkpoint"),
    /** Rows of silver beyond those of bronze, and files with offsets outside their checkpoint's range. */
    ROWS_WITHOUT_SOURCE("rows of silver without their record in bronze"),
    /** Nulls in the table's required columns. */
    NULLS_IN_REQUIRED("nulls in required columns"),
    /** Columns of files whose smallest or greatest value lies outside the contract's limits. */
    COLUMNS_OUT_OF_RANGE("columns of files with values outside their limits"),
    /** Rejected rows by all rows of bronze. */
    REJECTED_SHARE("share of records that were rejected"),
    /** Accepted records that are no decision, by accepted records; of tombstones nobody knows, so they are not counted. */
    DUPLICATE_SHARE("share of accepted records that were duplicates"),
    /** From the newest Kafka time among the rows to the sealing of the newest checkpoint. */
    AGE_SECONDS("seconds from the newest record to its sealing"),
    /** Records by the median of the last batches. */
    VOLUME_RATIO("records, measured by the median of the last batches");

    private final String meaning;

    Measure(String meaning) {
        this.meaning = meaning;
    }

    /** For the column {@code detail}. */
    String meaning() {
        return meaning;
    }

    /** The measure of this name in a contract, {@code rejected_share}; empty where there is none. */
    public static Optional<Measure> of(String name) {
        return Stream.of(values()).filter(one -> one.text().equals(name)).findFirst();
    }

    /** Its name in a contract. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
