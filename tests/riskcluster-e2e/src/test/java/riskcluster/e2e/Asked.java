package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import riskcluster.lakehouse.read.BatchSql;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.RowReceiver;
import riskcluster.lakehouse.read.SqlAnswer;
import riskcluster.lakehouse.read.SqlColumn;
import riskcluster.node.RiskNode;

/** What a node's own SQL answers of its newest batch. */
final class Asked {

    private Asked() {}

    /** The values of the first row, as texts. */
    static List<String> of(RiskNode node, String sql) {
        var batch =
                PinnedBatch.newest(node.pipeline().database(), node.pipeline().catalog());
        var seen = new ArrayList<List<@Nullable Object>>();
        var receiver = new RowReceiver() {
            @Override
            public void columns(List<SqlColumn> columns) {}

            @Override
            public void row(List<@Nullable Object> values) {
                seen.add(values);
            }
        };
        try (var engine = new BatchSql(batch)) {
            assertThat(engine.query(sql, receiver)).as(sql).isInstanceOf(SqlAnswer.Done.class);
        }
        return seen.getFirst().stream().map(String::valueOf).toList();
    }
}
