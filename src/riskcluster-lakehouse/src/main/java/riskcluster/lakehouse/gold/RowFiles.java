package riskcluster.lakehouse.gold;

import java.util.List;
import org.apache.iceberg.DataFile;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.column.ZstdPages;

/** Writes the files of one windowed table. */
final class RowFiles {

    private final GoldFiles files;
    private final RowEncoder encoder;

    RowFiles(WindowedTable table, ZstdPages compressor) {
        this.files = new GoldFiles(table.definition(), compressor);
        this.encoder = new RowEncoder(table, files.schema(), files.columns());
    }

    /** Writes rows of one day into a new file. */
    DataFile write(StagedTable staged, String owner, int day, List<GoldRow> rows) {
        files.columns().clear();
        encoder.write(rows);
        return files.write(staged, owner, files.day(day));
    }
}
