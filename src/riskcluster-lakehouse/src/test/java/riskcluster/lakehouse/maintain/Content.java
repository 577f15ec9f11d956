package riskcluster.lakehouse.maintain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.read.BatchSql;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.RowReceiver;
import riskcluster.lakehouse.read.SqlAnswer;
import riskcluster.lakehouse.read.SqlColumn;

/** What a table holds, down to the last column, as another engine reads its files. */
final class Content {

    private Content() {}

    /** Number of rows and a sum over all of their values, whatever their order. */
    static String of(TestLake lake, TableDefinition table) {
        return of(PinnedBatch.newest(lake.database, lake.catalog), table);
    }

    static String of(PinnedBatch batch, TableDefinition table) {
        return rows(
                        batch,
                        "SELECT count(*) || ' rows, ' || coalesce(sum(hash(t)::HUGEINT), 0) FROM "
                                + table.qualifiedName() + " t")
                .getFirst();
    }

    /** The first column of a query's rows. */
    static List<String> rows(PinnedBatch batch, String query) {
        var found = new ArrayList<String>();
        try (var sql = new BatchSql(batch)) {
            SqlAnswer answer = sql.query(query, new RowReceiver() {
                @Override
                public void columns(List<SqlColumn> columns) {}

                @Override
                public void row(List<@Nullable Object> values) {
                    found.add(String.valueOf(values.getFirst()));
                }
            });
            if (answer instanceof SqlAnswer.Refused(String why)) {
                throw new IllegalStateException(why);
            }
        }
        return found;
    }
}
