package riskcluster.lakehouse.rest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.PinnedTable;

/** The tables of one batch as Iceberg's handlers want a catalog; all that would change it is refused. */
final class BatchCatalog implements Catalog, SupportsNamespaces {

    private final PinnedBatch batch;

    BatchCatalog(PinnedBatch batch) {
        this.batch = batch;
    }

    @Override
    public String name() {
        return Tables.CATALOG;
    }

    @Override
    public List<Namespace> listNamespaces(Namespace parent) {
        if (!parent.isEmpty()) {
            check(parent);
            return List.of();
        }
        return batch.tables().stream()
                .map(table -> table.definition().namespace())
                .distinct()
                .sorted()
                .map(Namespace::of)
                .toList();
    }

    @Override
    public Map<String, String> loadNamespaceMetadata(Namespace namespace) {
        check(namespace);
        // Iceberg asks the map whether it holds null, which Map.of refuses to answer.
        return Collections.singletonMap("rc.batch-id", Long.toString(batch.id()));
    }

    private void check(Namespace namespace) {
        if (!listNamespaces(Namespace.empty()).contains(namespace)) {
            throw new NoSuchNamespaceException("there is no namespace %s", namespace);
        }
    }

    @Override
    public List<TableIdentifier> listTables(Namespace namespace) {
        check(namespace);
        return batch.tables().stream()
                .map(PinnedTable::definition)
                .filter(table -> namespace.equals(Namespace.of(table.namespace())))
                .map(BatchCatalog::identifier)
                .toList();
    }

    private static TableIdentifier identifier(TableDefinition table) {
        return TableIdentifier.of(table.namespace(), table.name());
    }

    @Override
    public Table loadTable(TableIdentifier identifier) {
        return batch.tables().stream()
                .filter(table -> identifier(table.definition()).equals(identifier))
                .findFirst()
                .map(table -> (Table) new BaseTable(
                        new StagedTable(table.io(), "read-e0", table.shown()), identifier.toString(), report -> {}))
                .orElseThrow(() -> new NoSuchTableException("there is no table %s", identifier));
    }

    @Override
    public boolean dropTable(TableIdentifier identifier, boolean purge) {
        throw readOnly();
    }

    @Override
    public void renameTable(TableIdentifier from, TableIdentifier to) {
        throw readOnly();
    }

    @Override
    public void createNamespace(Namespace namespace, Map<String, String> metadata) {
        throw readOnly();
    }

    @Override
    public boolean dropNamespace(Namespace namespace) {
        throw readOnly();
    }

    @Override
    public boolean setProperties(Namespace namespace, Map<String, String> properties) {
        throw readOnly();
    }

    @Override
    public boolean removeProperties(Namespace namespace, Set<String> properties) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException(RestCatalog.READ_ONLY);
    }
}
