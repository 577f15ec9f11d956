package riskcluster.lakehouse.read;

/**
 * A column of a query's result.
 *
 * @param type as the SQL engine calls it, {@code DECIMAL(18,4)}
 */
public record SqlColumn(String name, String type) {}
