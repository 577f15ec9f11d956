package riskcluster.lakehouse.maintain;

import java.util.UUID;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.commit.Rewrite;

/** What every rewrite of maintenance is known by. */
record Preparation(UUID id, Ownership owner, TableDefinition table, MaintainSteps steps) {

    void reached(Rewrite.Step step) {
        steps.reached(MaintainSteps.Step.valueOf(step.name()));
    }
}
