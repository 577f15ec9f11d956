package riskcluster.contracts.transaction;

import java.util.regex.Pattern;

/**
 * An optional field of the transaction that a cluster's own contract names beside those of every cluster; it becomes a
 * column of bronze and silver.
 *
 * @param name as it stands in records and tables
 * @param id the column's field id in both tables; never reused, never changed
 */
public record ExtraField(String name, Kind kind, int id) {

    /** Field ids below are those of columns that every cluster has. */
    public static final int ID_MIN = 1_001;

    /** What a name may be, so that every engine takes it without quotes. */
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** What a field holds. */
    public enum Kind {
        /** Text of UTF-8. */
        STRING,
        /** A whole number of 64 bits. */
        INTEGER,
        /** A floating-point number of 64 bits. */
        NUMBER,
        BOOLEAN
    }

    public ExtraField {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a field is called '" + name + "', allowed: " + NAME);
        }
        if (id < ID_MIN) {
            throw new IllegalArgumentException("field " + name + " has id " + id + ", allowed: from " + ID_MIN);
        }
    }
}
