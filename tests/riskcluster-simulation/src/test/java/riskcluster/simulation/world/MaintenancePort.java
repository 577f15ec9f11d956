package riskcluster.simulation.world;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.maintain.MaintenanceLedger;
import riskcluster.simulation.fault.Call;
import riskcluster.simulation.fault.Plant;
import riskcluster.simulation.world.Line.Way;

/** Maintenance's side of Postgres as one process sees it. */
final class MaintenancePort implements MaintenanceLedger {

    private static final String SCOPE = "maintenance";

    private final World world;
    private final Line line;

    MaintenancePort(World world, Line line) {
        this.world = world;
        this.line = line;
    }

    @Override
    public Ownership take(UUID incarnation) {
        long seen = world.postgres().epoch(SCOPE);
        return line.call(Call.TAKE_MAINTENANCE, () -> SCOPE, (Way way) -> {
            world.postgres().unchanged(way, SCOPE, seen);
            return world.postgres().take(SCOPE, incarnation);
        });
    }

    @Override
    public Optional<Ownership> bump(Ownership owner) {
        long seen = world.postgres().epoch(SCOPE);
        return line.call(Call.BUMP_MAINTENANCE, () -> "epoch " + owner.epoch(), (Way way) -> {
            world.postgres().unchanged(way, SCOPE, seen);
            return world.postgres().bump(owner);
        });
    }

    @Override
    public boolean isCommitted(UUID rewrite) {
        return line.call(Call.FIND_REWRITE, () -> "", () -> world.rewrites().contains(rewrite));
    }

    @Override
    public Standing standing() {
        return line.call(
                Call.STANDING,
                () -> "",
                () -> new Standing(
                        world.lakehouse().pointers(), world.lakehouse().committed()));
    }

    @Override
    public Shown shown(TableDefinition table, Collection<Long> batches) {
        return line.call(
                Call.READ_BATCHES,
                table::qualifiedName,
                () -> new Shown(
                        world.lakehouse().pointer(table),
                        batches.stream()
                                .flatMap(id -> world.lakehouse().batch(id).stream())
                                .toList()));
    }

    @Override
    public boolean forget(Ownership owner, List<Long> batches) {
        return line.call(
                Call.FORGET_BATCHES,
                batches::toString,
                () -> holds(owner, "forgetting batches", () -> world.lakehouse().forget(batches)));
    }

    @Override
    public boolean defer(Ownership owner, Collection<String> paths, String reason) {
        return line.call(
                Call.DEFER_DELETIONS,
                () -> reason + " " + paths,
                () -> holds(
                        owner,
                        "deferring deletions",
                        () -> world.lakehouse().deferred().add(paths)));
    }

    private boolean holds(Ownership owner, String what, Runnable change) {
        if (!world.postgres().stands(owner) && !world.fate().planted(Plant.STALE_MAINTENANCE_ACCEPTED)) {
            return false;
        }
        world.postgres().oneOwner(owner, what);
        change.run();
        return true;
    }

    @Override
    public Living living() {
        return line.call(Call.READ_LIVING, () -> "", () -> {
            Set<String> named = new TreeSet<>(world.lakehouse().deferred().paths());
            world.postgres().waiting().forEach(row -> row.checkpoint.files().forEach(file -> named.add(file.path())));
            Map<String, Long> epochs = new TreeMap<>(world.postgres().epochs());
            if (world.fate().planted(Plant.SWEPT_WITHOUT_EPOCH)) {
                epochs.replaceAll((scope, epoch) -> Long.MAX_VALUE);
            }
            return new Living(world.lakehouse().pointers(), epochs, named);
        });
    }
}
