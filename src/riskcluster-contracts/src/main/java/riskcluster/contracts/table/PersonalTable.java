package riskcluster.contracts.table;

import java.util.List;

/**
 * A table whose rows belong to a customer, and what an erasure leaves of them.
 *
 * @param column that names the customer
 * @param names what stands in it
 */
public record PersonalTable(TableDefinition table, String column, Names names, Left left) {

    /** How a table names customers. */
    public enum Names {
        /** By the id that the sender gave. */
        USER_ID,
        /** By the pseudonym. */
        PSEUDONYM,
        /** By the key of his version in {@code gold.dim_customer}, which holds his pseudonym beside it. */
        VERSION,
        /** By the bytes of a record that may be anything: its key, and what its value says where it can be read. */
        BYTES
    }

    /** What stays of a row. */
    public enum Left {
        /** Coordinates and times, so that the log has no gap. */
        TOMBSTONE,
        NOTHING
    }

    /** The column of the facts that names a customer's version, and of the dimension where it stands. */
    public static final String VERSION_KEY = "dim_customer_key";

    /**
     * Every such table; silver first, so that no row of silver is ever without its record in bronze, and facts before the
     * versions by which they are recognised.
     */
    public static final List<PersonalTable> ALL = List.of(
            pseudonymous(Tables.SILVER_TRANSACTIONS),
            pseudonymous(Tables.GOLD_FEATURES),
            pseudonymous(Tables.GOLD_ANOMALIES),
            pseudonymous(Tables.GOLD_USER_1H),
            new PersonalTable(Tables.GOLD_FACT_TRANSACTION, VERSION_KEY, Names.VERSION, Left.NOTHING),
            pseudonymous(Tables.GOLD_DIM_CUSTOMER),
            new PersonalTable(Tables.BRONZE_TRANSACTIONS, "user_id", Names.USER_ID, Left.TOMBSTONE),
            new PersonalTable(Tables.BRONZE_REJECTED, "key", Names.BYTES, Left.TOMBSTONE));

    /** The one of this definition, which must be there. */
    public static PersonalTable of(TableDefinition table) {
        return ALL.stream().filter(one -> one.table().equals(table)).findFirst().orElseThrow();
    }

    private static PersonalTable pseudonymous(TableDefinition table) {
        return new PersonalTable(table, "customer_key", Names.PSEUDONYM, Left.NOTHING);
    }
}
