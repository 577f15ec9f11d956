package riskcluster.lakehouse.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.gold.GoldLayer;

/**
 * A batch that adds no records: other rows in the place of some, in all tables at once. It has a batch id of its own and
 * the offsets of the batch before it.
 */
public interface Amendment extends Rewrite {

    /**
     * Takes one table's step on it as it is now. Tables come in the order of a commit, from the first one again where an
     * attempt failed.
     *
     * @param scope of the committer, for the names of files that it writes, {@code committer-e12}
     * @return false where the table stays as it is
     * @throws org.apache.iceberg.exceptions.ValidationException where this cannot be done with the tables as they are
     */
    boolean amend(TableDefinition table, StagedTable staged, GoldLayer gold, String scope, GoldLayer.Marked marked);

    /** Notes in the committing transaction which batch it is; false where it is not to be any more. */
    boolean note(Connection connection, long batch) throws SQLException;

    /** It is about all tables, and never about one alone. */
    @Override
    default List<String> apply(StagedTable staged, Map<String, String> marks) {
        throw new IllegalStateException("an amendment is a batch");
    }
}
