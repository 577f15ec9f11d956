package riskcluster.node.replay;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.node.NodeConfig;
import riskcluster.node.embedded.EmbeddedDatabase;
import riskcluster.node.embedded.FolderLock;

/** A lake that is read beside whatever runs on it: Postgres with catalog and ledger, the warehouse, the pseudonym key. */
public final class OpenLake implements AutoCloseable {

    private static final int CONNECTIONS_MAX = 4;
    private static final int PORT_LINE = 3;

    private final HikariDataSource database;
    private final LakeCatalog catalog;
    private final Path pseudonymKey;
    private final Optional<String> schemas;
    private final @Nullable EmbeddedDatabase server;
    private final @Nullable FolderLock lock;

    private OpenLake(
            HikariDataSource database,
            Warehouse warehouse,
            Path pseudonymKey,
            Optional<String> schemas,
            @Nullable EmbeddedDatabase server,
            @Nullable FolderLock lock) {
        this.database = database;
        this.catalog = new LakeCatalog(database, warehouse);
        this.pseudonymKey = pseudonymKey;
        this.schemas = schemas;
        this.server = server;
        this.lock = lock;
    }

    /** The lake of a production cluster. */
    public static OpenLake of(NodeConfig config) {
        var database = LedgerPool.openForCommand(
                config.jdbcUrl(), config.databaseUser(), config.databasePassword(), CONNECTIONS_MAX);
        try {
            return new OpenLake(
                    database,
                    Warehouse.at(config.warehouse(), config.access()),
                    config.pseudonymKey(),
                    config.schemas(),
                    null,
                    null);
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    /**
     * The lake in the folder of a demo or dev: by the Postgres that runs on it, or by one that is started for as long as
     * this is open.
     *
     * @throws IllegalArgumentException where the folder holds no lake
     */
    public static OpenLake of(Path data) throws IOException {
        var folder = data.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder.resolve("warehouse"))) {
            throw new IllegalArgumentException(
                    folder + " holds no lake; allowed: the folder of a demo or dev, such as .riskcluster/demo");
        }
        var free = freeLock(folder);
        if (free.isEmpty()) {
            return of(folder, runningUrl(folder), null, null);
        }
        EmbeddedDatabase server = null;
        try {
            server = EmbeddedDatabase.start(folder.resolve("postgres"), 0);
            return of(folder, server.jdbcUrl(), server, free.get());
        } catch (IOException | RuntimeException failure) {
            if (server != null) {
                server.close();
            }
            free.get().close();
            throw failure;
        }
    }

    private static OpenLake of(Path folder, String url, @Nullable EmbeddedDatabase server, @Nullable FolderLock lock) {
        var schemas = folder.resolve("schemas");
        return new OpenLake(
                LedgerPool.openForCommand(url, "postgres", "postgres", CONNECTIONS_MAX),
                Warehouse.at(folder.resolve("warehouse").toUri(), WarehouseAccess.USUAL),
                folder.resolve("pseudonyms.key"),
                Files.isDirectory(schemas) ? Optional.of(schemas.toString()) : Optional.empty(),
                server,
                lock);
    }

    private static Optional<FolderLock> freeLock(Path folder) throws IOException {
        try {
            return Optional.of(FolderLock.of(folder));
        } catch (IllegalStateException inUse) {
            return Optional.empty(); // a demo or dev runs here, and its Postgres answers us too
        }
    }

    /** Postgres says in this file where it listens. */
    private static String runningUrl(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("postgres/data/postmaster.pid"));
        return "jdbc:postgresql://localhost:" + lines.get(PORT_LINE).strip() + "/riskcluster";
    }

    /** The database with catalog and ledger. */
    public HikariDataSource database() {
        return database;
    }

    /** The tables. */
    public LakeCatalog catalog() {
        return catalog;
    }

    /** The file with the key that pseudonyms are made with. */
    public Path pseudonymKey() {
        return pseudonymKey;
    }

    /** Folder or address of the schemas by id, where there is one. */
    Optional<String> schemas() {
        return schemas;
    }

    @Override
    public void close() throws IOException {
        try (lock;
                server;
                database) {
            catalog.warehouse().io().close();
        }
    }
}
