package riskcluster.lakehouse.maintain;

import java.util.List;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.RowList;

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
        return RowList.of(batch, query).rows().stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }
}
