package riskcluster.lakehouse.erase;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SupportsPrefixOperations;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.NamedFiles;

/**
 * Searches every file of every table for a customer: those that any snapshot, tag or older metadata file reaches, and
 * those that merely lie there.
 */
public final class ErasureSearch {

    /** So many are named; one would do. */
    private static final int FOUND_MAX = 50;

    private final LakeCatalog catalog;
    private final Subject subject;

    public ErasureSearch(LakeCatalog catalog, Subject subject) {
        this.catalog = catalog;
        this.subject = subject;
    }

    /**
     * Searches these tables.
     *
     * @param profiles whether Postgres has a profile of him
     */
    public ErasureProof search(List<TableDefinition> tables, boolean profiles) {
        var searched = new ArrayList<ErasureProof.Searched>();
        var found = new ArrayList<ErasureProof.Found>();
        for (TableDefinition table : tables) {
            searched.add(search(table, found));
        }
        found.addAll(new StarSearch(catalog, subject).search());
        return new ErasureProof(searched, found, profiles);
    }

    private ErasureProof.Searched search(TableDefinition table, List<ErasureProof.Found> found) {
        FileIO io = catalog.warehouse().io();
        TableMetadata metadata = catalog.load(table);
        Set<String> reachable = NamedFiles.of(metadata, io);
        Map<String, Long> present = present(table);
        var all = new HashSet<>(reachable);
        all.addAll(present.keySet());
        var search = new FileSearch(subject, io);
        for (String path : all) {
            try {
                search.find(table, metadata, path)
                        .filter(where -> found.size() < FOUND_MAX)
                        .ifPresent(where -> found.add(
                                new ErasureProof.Found(table.qualifiedName(), path, reachable.contains(path), where)));
            } catch (NotFoundException gone) {
                // deleted since it was listed: nobody can read it any more
                present.remove(path);
            }
        }
        return new ErasureProof.Searched(
                table.qualifiedName(),
                metadata.snapshots().size(),
                metadata.refs().keySet().stream().sorted().toList(),
                reachable.size(),
                present.size(),
                present.values().stream().mapToLong(Long::longValue).sum());
    }

    /** The files in the table's folder with their bytes. */
    public Map<String, Long> present(TableDefinition table) {
        if (!(catalog.warehouse().io() instanceof SupportsPrefixOperations store)) {
            throw new IllegalStateException("the store of " + table.qualifiedName() + " cannot list its files");
        }
        var files = new TreeMap<String, Long>();
        store.listPrefix(catalog.warehouse().locationOf(table) + "/")
                .forEach(file -> files.put(file.location(), file.size()));
        return files;
    }
}
