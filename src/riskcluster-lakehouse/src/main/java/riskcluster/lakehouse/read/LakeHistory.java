package riskcluster.lakehouse.read;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import riskcluster.contracts.lake.History;
import riskcluster.contracts.lake.HistoryReader;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.Transactions;

/** The bronze tables as a log: what was accepted and what was rejected, one after the other. */
public final class LakeHistory implements History {

    private final DataSource database;
    private final Transactions transactions;
    private final LakeCatalog catalog;

    /** History over connections of {@link riskcluster.lakehouse.ledger.LedgerPool}. */
    public LakeHistory(DataSource database, LakeCatalog catalog) {
        this.database = database;
        this.transactions = new Transactions(database);
        this.catalog = catalog;
    }

    @Override
    public long end(LogPartition source) {
        var offsets = transactions
                .atOneMoment("find the newest batch", BatchTable::newest)
                .map(StoredBatch::offsets)
                .orElse(Offsets.NONE);
        return offsets.byPartition().getOrDefault(source, 0L);
    }

    @Override
    public long sealed(LogPartition source) {
        return transactions.atOneMoment("find what is sealed of " + source, connection -> sealed(connection, source));
    }

    private static long sealed(Connection connection, LogPartition source) throws SQLException {
        try (var statement =
                connection.prepareStatement("SELECT position FROM rc_data_cursor WHERE topic = ? AND partition = ?")) {
            statement.setString(1, source.topic());
            statement.setInt(2, source.partition());
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    @Override
    public HistoryReader open(LogPartition source, long from, long to) {
        return open(PinnedBatch.newest(database, catalog), source, from, to);
    }

    /** A reader of [from, to) as the tables were at this batch. */
    public static HistoryReader open(PinnedBatch batch, LogPartition source, long from, long to) {
        long end = batch.offsets().byPartition().getOrDefault(source, 0L);
        if (to > end) {
            throw new IllegalArgumentException("batch " + batch.id() + " holds " + source + " up to " + end
                    + ", asked for was [" + from + ", " + to + ")");
        }
        return new HistoryScan(
                source, from, to, batch.table(Tables.BRONZE_TRANSACTIONS), batch.table(Tables.BRONZE_REJECTED));
    }
}
