package riskcluster.lakehouse.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;

/**
 * The rows of the JDBC catalog: one pointer for each table to its newest metadata file. Names and columns are those of
 * Iceberg's JDBC catalog, schema version V1, so that every engine reads them.
 */
public final class CatalogRows {

    private static final String KEY = " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?"
            + " AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL)";

    private CatalogRows() {}

    static void createSchema(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                CREATE TABLE IF NOT EXISTS iceberg_tables (
                    catalog_name varchar(255) NOT NULL,
                    table_namespace varchar(255) NOT NULL,
                    table_name varchar(255) NOT NULL,
                    metadata_location varchar(1000),
                    previous_metadata_location varchar(1000),
                    iceberg_type varchar(5),
                    PRIMARY KEY (catalog_name, table_namespace, table_name));
                CREATE TABLE IF NOT EXISTS iceberg_namespace_properties (
                    catalog_name varchar(255) NOT NULL,
                    namespace varchar(255) NOT NULL,
                    property_key varchar(255),
                    property_value varchar(1000),
                    PRIMARY KEY (catalog_name, namespace, property_key))
                """);
        }
    }

    static void addNamespace(Connection connection, String namespace) throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO iceberg_namespace_properties (catalog_name, namespace, property_key, property_value)"
                        + " VALUES (?, ?, 'exists', 'true') ON CONFLICT DO NOTHING")) {
            statement.setString(1, Tables.CATALOG);
            statement.setString(2, namespace);
            statement.executeUpdate();
        }
    }

    /** False where the table has a row already. */
    static boolean add(Connection connection, TableDefinition table, String metadataLocation) throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name, metadata_location,"
                        + " iceberg_type) VALUES (?, ?, ?, ?, 'TABLE') ON CONFLICT DO NOTHING")) {
            key(statement, 1, table);
            statement.setString(4, metadataLocation);
            return statement.executeUpdate() == 1;
        }
    }

    /** Moves the table's pointer if it stands at {@code from}; false where it stands elsewhere. */
    public static boolean move(Connection connection, TableDefinition table, String from, String to)
            throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE iceberg_tables SET metadata_location = ?, previous_metadata_location = ?" + KEY
                        + " AND metadata_location = ?")) {
            statement.setString(1, to);
            statement.setString(2, from);
            key(statement, 3, table);
            statement.setString(6, from);
            return statement.executeUpdate() == 1;
        }
    }

    /** Where the table's newest metadata is; empty where there is no such table. */
    public static Optional<String> pointer(Connection connection, TableDefinition table) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT metadata_location FROM iceberg_tables" + KEY)) {
            key(statement, 1, table);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** The pointers of these tables by qualified name; tables that do not exist are missing. */
    public static Map<String, String> pointers(Connection connection, Collection<TableDefinition> tables)
            throws SQLException {
        var pointers = new TreeMap<String, String>();
        for (TableDefinition table : tables) {
            pointer(connection, table).ifPresent(location -> pointers.put(table.qualifiedName(), location));
        }
        return pointers;
    }

    private static void key(PreparedStatement statement, int index, TableDefinition table) throws SQLException {
        statement.setString(index, Tables.CATALOG);
        statement.setString(index + 1, table.namespace());
        statement.setString(index + 2, table.name());
    }
}
