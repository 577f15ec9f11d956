package riskcluster.lakehouse.erase;

import java.util.List;
import java.util.Optional;
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

    /** What is left of a whole row that it concerns; empty where it goes. */
    Optional<Record> changed(Record row);
}
