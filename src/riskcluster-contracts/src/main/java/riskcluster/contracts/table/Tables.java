package riskcluster.contracts.table;

import java.util.List;

/** The tables of the lake; a table's definition here is the contract with everyone who reads it. */
public final class Tables {

    /** Catalog name under which every engine finds the tables. */
    public static final String CATALOG = "riskcluster";

    public static final TableDefinition BRONZE_TRANSACTIONS = BronzeTables.TRANSACTIONS;
    public static final TableDefinition BRONZE_REJECTED = BronzeTables.REJECTED;
    public static final TableDefinition SILVER_TRANSACTIONS = SilverTables.TRANSACTIONS;

    /** Every table, in the order in which a commit takes them. */
    public static final List<TableDefinition> ALL = List.of(BRONZE_TRANSACTIONS, BRONZE_REJECTED, SILVER_TRANSACTIONS);

    private Tables() {}
}
