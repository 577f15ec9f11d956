package riskcluster.simulation.world;

import java.util.List;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.Tombstone;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;

/** Where a record's rows belong. */
final class Placement {

    private static final List<TableDefinition> DECIDED =
            List.of(Tables.BRONZE_TRANSACTIONS, Tables.SILVER_TRANSACTIONS);
    private static final List<TableDefinition> DUPLICATE = List.of(Tables.BRONZE_TRANSACTIONS);
    private static final List<TableDefinition> REJECTED = List.of(Tables.BRONZE_REJECTED);

    private Placement() {}

    static List<TableDefinition> tables(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Decided decided -> DECIDED;
            case Outcome.Duplicate duplicate -> DUPLICATE;
            case Outcome.Erased(var left) -> left.kind() == Tombstone.Kind.REJECTED ? REJECTED : DUPLICATE;
            case Outcome.Rejected rejected -> REJECTED;
        };
    }
}
