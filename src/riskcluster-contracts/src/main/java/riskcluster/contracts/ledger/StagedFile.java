package riskcluster.contracts.ledger;

/**
 * One closed data file whose length the store has confirmed, not yet part of a table.
 *
 * @param table {@code namespace.name}
 * @param dataFile the file's entry for the table's manifest, as Iceberg's own JSON
 */
public record StagedFile(String table, String path, long rows, long bytes, String dataFile) {}
