package riskcluster.lakehouse.erase;

import java.util.List;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;

/** What becomes of the rows of one table where its files are written anew. */
public interface RowChange {

    /** The columns that {@link #concerns} looks at. */
    List<String> columns();

    /** Leaves out what it cannot concern by a file's statistics and dictionaries. */
    Expression filter();

    /** Whether the row does not stay as it is; asked of rows with {@link #columns}. */
    boolean concerns(Record row);

    /** The rows in the place of a whole one that it concerns: none where that goes, more where the change adds some. */
    List<Record> left(Record row);

    /** Whether rows that are sorted are sorted afterwards: not where the columns change by which tables are. */
    default boolean keepsOrder() {
        return true;
    }
}
