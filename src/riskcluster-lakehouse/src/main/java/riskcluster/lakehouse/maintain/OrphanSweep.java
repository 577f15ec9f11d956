package riskcluster.lakehouse.maintain;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.NamedFiles;
import riskcluster.lakehouse.maintain.MaintenanceLedger.Living;

/**
 * Finds the files that nobody names and nobody will name any more.
 *
 * <p>Age alone proves nothing: a committer may have been down for a week with sealed checkpoints waiting. A file is an
 * orphan only if no snapshot, metadata file, sealed checkpoint or deferred deletion names it, and the epoch under which
 * it was written is over, so that whoever wrote it can have nothing committed any more; and it is days old all the same.
 * What is alive is read at one moment, before anything else: an epoch that was over then is over for good.
 */
final class OrphanSweep {

    private final LakeCatalog catalog;
    private final Duration age;
    private final InstantSource clock;

    OrphanSweep(LakeCatalog catalog, Duration age, InstantSource clock) {
        this.catalog = catalog;
        this.age = age;
        this.clock = clock;
    }

    /** The orphans of this table. */
    List<String> orphans(TableDefinition table, Living living) {
        FileIO io = catalog.warehouse().io();
        if (!(io instanceof SupportsPrefixOperations store)) {
            throw new IllegalStateException(
                    "the store of " + table.qualifiedName() + " cannot list its files: orphans cannot be found");
        }
        String pointer = living.pointers().get(table.qualifiedName());
        if (pointer == null) {
            return List.of();
        }
        List<String> candidates = candidates(store, pointer, table, living);
        if (candidates.isEmpty()) {
            return List.of();
        }
        Set<String> named = NamedFiles.of(catalog.read(pointer), io);
        return candidates.stream().filter(path -> !named.contains(path)).toList();
    }

    private List<String> candidates(
            SupportsPrefixOperations store, String pointer, TableDefinition table, Living living) {
        long before = clock.instant().minus(age).toEpochMilli();
        boolean sameNames = false;
        var candidates = new ArrayList<String>();
        for (FileInfo file : store.listPrefix(catalog.warehouse().locationOf(table) + "/")) {
            sameNames |= file.location().equals(pointer);
            if (file.createdAtMillis() < before && living.mayBeOrphan(file.location())) {
                candidates.add(file.location());
            }
        }
        if (!sameNames) {
            throw new IllegalStateException(
                    "the store does not list " + pointer + " under that name: no file can be" + " told from an orphan");
        }
        return candidates;
    }
}
