package riskcluster.lakehouse.replay;

import java.util.List;
import org.apache.iceberg.data.Record;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.read.BronzeRow;

/**
 * A record as bronze keeps it.
 *
 * @param table where it stands, qualified
 * @param end what became of it: its disposition, or the numbered reason for which it was rejected
 */
record KeptRecord(LogRecord record, String table, String end) {

    /** The columns that are read of a bronze table. */
    static List<String> columns(TableDefinition table) {
        return BronzeRow.columns(table);
    }

    private static String end(TableDefinition table) {
        return table.equals(Tables.BRONZE_REJECTED) ? "reason" : "disposition";
    }

    /** Copies what it takes from the row. */
    static KeptRecord of(TableDefinition table, LogPartition source, long offset, Record row) {
        return new KeptRecord(
                BronzeRow.record(table, source, offset, row),
                table.qualifiedName(),
                row.getField(end(table)).toString());
    }
}
