package riskcluster.contracts.table;

import java.util.List;
import java.util.stream.Stream;

/** The tables of the lake; a table's definition here is the contract with everyone who reads it. */
public final class Tables {

    /** Catalog name under which every engine finds the tables. */
    public static final String CATALOG = "riskcluster";

    public static final TableDefinition BRONZE_TRANSACTIONS = BronzeTables.TRANSACTIONS;
    public static final TableDefinition BRONZE_REJECTED = BronzeTables.REJECTED;
    public static final TableDefinition SILVER_TRANSACTIONS = SilverTables.TRANSACTIONS;

    public static final TableDefinition GOLD_MERCHANT_10M = GoldTables.MERCHANT_10M;
    public static final TableDefinition GOLD_PAYMENT_METHOD_10M = GoldTables.PAYMENT_METHOD_10M;
    public static final TableDefinition GOLD_COUNTRY_10M = GoldTables.COUNTRY_10M;

    public static final TableDefinition GOLD_MERCHANT_15M = GoldTables.MERCHANT_15M;
    public static final TableDefinition GOLD_COUNTRY_30M = GoldTables.COUNTRY_30M;
    public static final TableDefinition GOLD_PLATFORM_1H = GoldTables.PLATFORM_1H;
    public static final TableDefinition GOLD_USER_1H = GoldTables.USER_1H;

    public static final TableDefinition GOLD_FEATURES = TrainingTables.FEATURES;
    public static final TableDefinition GOLD_POLICY = TrainingTables.POLICY;
    public static final TableDefinition GOLD_ANOMALIES = AnomalyTables.ANOMALIES;
    public static final TableDefinition GOLD_CORRECTION = CorrectionTables.CORRECTION;

    public static final TableDefinition GOLD_FACT_TRANSACTION = StarTables.FACT_TRANSACTION;
    public static final TableDefinition GOLD_DIM_CUSTOMER = StarTables.DIM_CUSTOMER;
    public static final TableDefinition GOLD_DIM_MERCHANT = StarTables.DIM_MERCHANT;
    public static final TableDefinition GOLD_DIM_DEVICE = StarTables.DIM_DEVICE;
    public static final TableDefinition GOLD_DIM_COUNTRY = StarTables.DIM_COUNTRY;
    public static final TableDefinition GOLD_DIM_DATE = StarTables.DIM_DATE;

    public static final TableDefinition GOLD_DATA_QUALITY = QualityTables.RESULTS;

    /** The tables whose rows sum up silver in windows, which late records correct. */
    public static final List<TableDefinition> CORRECTED = List.of(
            GOLD_MERCHANT_10M,
            GOLD_PAYMENT_METHOD_10M,
            GOLD_COUNTRY_10M,
            GOLD_MERCHANT_15M,
            GOLD_COUNTRY_30M,
            GOLD_PLATFORM_1H,
            GOLD_USER_1H);

    /** The star: the facts, and the dimensions to which they point. */
    public static final List<TableDefinition> STAR = List.of(
            GOLD_FACT_TRANSACTION,
            GOLD_DIM_CUSTOMER,
            GOLD_DIM_MERCHANT,
            GOLD_DIM_DEVICE,
            GOLD_DIM_COUNTRY,
            GOLD_DIM_DATE);

    /** The dimensions whose members many customers point to; a member goes with the last fact that points to it. */
    public static final List<TableDefinition> SHARED_DIMENSIONS =
            List.of(GOLD_DIM_MERCHANT, GOLD_DIM_DEVICE, GOLD_DIM_COUNTRY, GOLD_DIM_DATE);

    /** The tables that are made of silver. */
    public static final List<TableDefinition> GOLD = Stream.of(
                    CORRECTED, List.of(GOLD_FEATURES, GOLD_POLICY, GOLD_ANOMALIES), STAR)
            .flatMap(List::stream)
            .toList();

    /** The tables that have a row for each record. */
    public static final List<TableDefinition> RECORDS =
            List.of(BRONZE_TRANSACTIONS, BRONZE_REJECTED, SILVER_TRANSACTIONS);

    /** Every table, in the order in which a commit takes them. */
    public static final List<TableDefinition> ALL = Stream.of(
                    RECORDS, GOLD, List.of(GOLD_CORRECTION, GOLD_DATA_QUALITY))
            .flatMap(List::stream)
            .toList();

    private Tables() {}
}
