package riskcluster.lakehouse.gold;

import java.util.Optional;
import java.util.stream.Stream;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;

/** A dimension of the star whose rows the committer adds: each member once, and never changed. */
enum Dimension {
    MERCHANT(Tables.GOLD_DIM_MERCHANT),
    DEVICE(Tables.GOLD_DIM_DEVICE),
    COUNTRY(Tables.GOLD_DIM_COUNTRY),
    DATE(Tables.GOLD_DIM_DATE);

    private final TableDefinition definition;

    Dimension(TableDefinition definition) {
        this.definition = definition;
    }

    static Optional<Dimension> of(TableDefinition definition) {
        return Stream.of(values())
                .filter(dimension -> dimension.definition.equals(definition))
                .findFirst();
    }

    TableDefinition definition() {
        return definition;
    }

    Column keyColumn() {
        return definition.columns().getFirst();
    }
}
