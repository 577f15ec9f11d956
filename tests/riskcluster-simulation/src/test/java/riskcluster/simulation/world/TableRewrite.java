package riskcluster.simulation.world;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.commit.Rewrite;
import riskcluster.lakehouse.maintain.MaintainSteps;

/** A rewrite of a simulated table: it is asked what it makes of the table as it is when it is committed. */
record TableRewrite(UUID id, Ownership owner, TableDefinition table, String kind, MaintainSteps steps, Change change)
        implements Rewrite {

    /** What is done to a table; empty where it has moved on too far. */
    @FunctionalInterface
    interface Change {
        Optional<Store.Metadata> on(Store.Metadata base, long number);
    }

    /** One file in the place of others. */
    static Change replacing(List<String> removed, String added) {
        return (base, number) -> {
            if (!base.dataFiles().containsAll(removed)) {
                return Optional.empty();
            }
            var files = new ArrayList<>(base.dataFiles());
            files.removeAll(removed);
            files.add(added);
            return Optional.of(base.next(number, base.batch(), base.offsets(), List.copyOf(files)));
        };
    }

    /** The same, whatever has come into the table since it was looked at. */
    static Change replacing(List<String> removed, String added, Store.Metadata lookedAt) {
        var old = replacing(removed, added);
        return (base, number) ->
                old.on(lookedAt, number).map(next -> base.next(number, base.batch(), base.offsets(), next.dataFiles()));
    }

    /** Fewer snapshots; the one that is shown stays. */
    static Change dropping(Set<Long> snapshots) {
        return (base, number) -> {
            var dropped = new HashSet<>(snapshots);
            dropped.remove(base.snapshot());
            return Optional.of(base.without(dropped));
        };
    }

    @Override
    public void reached(Step step) {
        steps.reached(MaintainSteps.Step.valueOf(step.name()));
    }

    @Override
    public List<String> apply(StagedTable staged, Map<String, String> marks) {
        throw new UnsupportedOperationException("a simulated table is none of Iceberg's");
    }
}
