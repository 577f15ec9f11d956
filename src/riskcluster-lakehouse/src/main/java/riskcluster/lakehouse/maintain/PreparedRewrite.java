package riskcluster.lakehouse.maintain;

import java.util.UUID;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.commit.Rewrite;

/** A rewrite of maintenance: known by its preparation, whatever it does. */
sealed interface PreparedRewrite extends Rewrite
        permits FileErasure, MemberErasure, MemberRenaming, FileRewrite, ManifestRewrite, SnapshotRemoval, WindowRekey {

    Preparation preparation();

    @Override
    default UUID id() {
        return preparation().id();
    }

    @Override
    default Ownership owner() {
        return preparation().owner();
    }

    @Override
    default TableDefinition table() {
        return preparation().table();
    }

    @Override
    default void reached(Step step) {
        preparation().reached(step);
    }
}
