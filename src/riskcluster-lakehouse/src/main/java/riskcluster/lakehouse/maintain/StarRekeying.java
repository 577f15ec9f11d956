package riskcluster.lakehouse.maintain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.erase.FileAnew;
import riskcluster.lakehouse.erase.RowChange;
import riskcluster.lakehouse.rekey.FormerNames;
import riskcluster.lakehouse.rekey.NewNames;
import riskcluster.lakehouse.rekey.RenamedFacts;
import riskcluster.lakehouse.rekey.RenamedMembers;

/**
 * Renames the star one commit at a time, so that no fact is ever without its members: first renamed members come beside the
 * old ones, then facts go over to them, then the old ones go. Members with old names come from records that were all
 * committed before a rekey begins, so none comes anew.
 */
final class StarRekeying {

    private final LakeCatalog catalog;
    private final Tenure tenure;
    private final Supplier<String> fileNames;

    /** The metadata of the customers' versions in which nothing led to a former name. */
    private @Nullable String unlinked;

    /** Of those the files that were looked at, for names that this version of the key has replaced. */
    private final Set<String> looked = new HashSet<>();

    private int lookedFor;

    StarRekeying(LakeCatalog catalog, Tenure tenure, Supplier<String> fileNames) {
        this.catalog = catalog;
        this.tenure = tenure;
        this.fileNames = fileNames;
    }

    /** Some files of a table, to be submitted. */
    record Due(PreparedRewrite rewrite, int files) {
        private Due(FileErasure rewrite) {
            this(rewrite, rewrite.written().size());
        }
    }

    /** Prepares files of a table; empty where none is concerned. */
    @FunctionalInterface
    interface Facts {
        Optional<FileErasure> files(TableDefinition table, RowChange change);
    }

    /** The next step; empty where the star has no old name. */
    Optional<Due> due(NewNames names, int version, Facts facts) {
        var keys = new HashMap<String, Map<Long, Long>>();
        for (TableDefinition dimension : RenamedMembers.TABLES) {
            var preparation = tenure.prepare(dimension);
            TableMetadata metadata = catalog.load(dimension);
            var members = RenamedMembers.of(dimension, metadata, io(), names);
            if (members.areMissing()) {
                return files(preparation, metadata, members.adding())
                        .map(files -> new Due(
                                new MemberRenaming(files, members),
                                files.written().size()));
            }
            if (!members.keys().isEmpty()) {
                keys.put(dimension.columns().getFirst().name(), members.keys());
            }
        }
        Optional<FileErasure> moved =
                keys.isEmpty() ? Optional.empty() : facts.files(Tables.GOLD_FACT_TRANSACTION, new RenamedFacts(keys));
        return moved.map(Due::new).or(() -> unlink(version)).or(() -> drop(names));
    }

    /** What leads from new names to those that a rekey to this version has replaced; customers may come back later with some. */
    Optional<Due> unlink(int version) {
        var preparation = tenure.prepare(Tables.GOLD_DIM_CUSTOMER);
        TableMetadata metadata = catalog.load(Tables.GOLD_DIM_CUSTOMER);
        if (version != lookedFor) {
            lookedFor = version;
            unlinked = null;
            looked.clear();
        }
        if (metadata.schema().findField(FormerNames.COLUMN) == null
                || metadata.metadataFileLocation().equals(unlinked)) {
            return Optional.empty();
        }
        var rows = new FileAnew(new FormerNames(version), fileNames);
        var due = FileErasure.of(Rekeying.KIND, preparation, metadata, io(), rows, true, looked);
        unlinked = due.isEmpty() ? metadata.metadataFileLocation() : null;
        return due.map(Due::new);
    }

    private Optional<Due> drop(NewNames names) {
        for (TableDefinition dimension : RenamedMembers.TABLES) {
            var preparation = tenure.prepare(dimension);
            TableMetadata metadata = catalog.load(dimension);
            var members = RenamedMembers.of(dimension, metadata, io(), names);
            if (!members.keys().isEmpty()) {
                return files(preparation, metadata, members.dropping()).map(Due::new);
            }
        }
        return Optional.empty();
    }

    private Optional<FileErasure> files(Preparation preparation, TableMetadata metadata, RowChange change) {
        return FileErasure.of(
                Rekeying.KIND, preparation, metadata, io(), new FileAnew(change, fileNames), false, new HashSet<>());
    }

    private FileIO io() {
        return catalog.warehouse().io();
    }
}
