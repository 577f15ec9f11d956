package riskcluster.lakehouse.catalog;

import java.util.concurrent.ExecutorService;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.util.ThreadPools;

/**
 * One table's next metadata in the making: Iceberg's updates are applied to it in memory, {@link #write} puts the
 * result into one file, and nothing here moves the catalog's pointer. That is done for all tables at once, by the
 * committer's transaction.
 */
public final class StagedTable implements TableOperations {

    /**
     * Iceberg's own threads for manifests end as soon as the process is told to end, and a node still commits then: what is
     * begun, and what its partitions sealed last.
     */
    private static final ExecutorService MANIFESTS =
            ThreadPools.newFixedThreadPool("manifests", ThreadPools.WORKER_THREAD_POOL_SIZE);

    private final FileIO io;
    private final String owner;
    private final TableMetadata base;
    private TableMetadata current;
    private boolean changed;

    /**
     * Starts from {@code base}.
     *
     * @param owner scope and epoch for the names of the files, {@code committer-e12}
     */
    public StagedTable(FileIO io, String owner, TableMetadata base) {
        this.io = io;
        this.owner = owner;
        this.base = base;
        this.current = base;
    }

    /** Applies an update of this table, which also works while the process ends. */
    public void apply(SnapshotUpdate<?> update) {
        update.scanManifestsWith(MANIFESTS);
        update.writeManifestsWith(MANIFESTS, ThreadPools.WORKER_THREAD_POOL_SIZE);
        update.commit();
    }

    /** A scan of a table as it was at this snapshot, which is planned while the process ends, too. */
    public static TableScan scan(Table table, long snapshot) {
        return table.newScan().useSnapshot(snapshot).planWith(MANIFESTS);
    }

    /** Whether an update has changed anything. */
    public boolean isChanged() {
        return changed;
    }

    /** Writes the metadata to a new file and returns it with its location. */
    public TableMetadata write() {
        String location = metadataFileLocation(MetadataName.next(version() + 1, owner), "");
        TableMetadataParser.write(current, io.newOutputFile(location));
        return TableMetadata.buildFrom(current)
                .discardChanges()
                .withMetadataLocation(location)
                .build();
    }

    @Override
    public TableMetadata current() {
        return current;
    }

    @Override
    public TableMetadata refresh() {
        return current;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Iceberg's own contract: the very object the update was made from
    public void commit(TableMetadata from, TableMetadata to) {
        if (from != current) {
            throw new CommitFailedException("two updates of one staged table at the same time");
        }
        current = to;
        changed = true;
    }

    @Override
    public FileIO io() {
        return io;
    }

    /** Every file's name carries its writer's scope and epoch: the sweep goes by them. */
    @Override
    public String metadataFileLocation(String fileName) {
        return metadataFileLocation(fileName, owner + "-");
    }

    @Override
    public LocationProvider locationProvider() {
        return LocationProviders.locationsFor(current.location(), current.properties());
    }

    private String metadataFileLocation(String fileName, String prefix) {
        return current.location() + "/metadata/" + prefix + fileName;
    }

    /** The number that the base's file name begins with; foreign engines count on from it. */
    private int version() {
        String location = base.metadataFileLocation();
        int start = location.lastIndexOf('/') + 1;
        int end = location.indexOf('-', start);
        try {
            return end < 0 ? 0 : Integer.parseInt(location, start, end, 10);
        } catch (NumberFormatException foreign) {
            return 0; // a name that does not count: begin again, since uniqueness rests on the UUID
        }
    }
}
