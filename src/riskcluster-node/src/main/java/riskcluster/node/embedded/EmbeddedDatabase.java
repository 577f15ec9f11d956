package riskcluster.node.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.filefilter.NameFileFilter;
import org.apache.commons.io.filefilter.TrueFileFilter;

/**
 * A Postgres server of our own, a child process with its data in one folder.
 *
 * <p>The folder keeps what was committed: a new start on it goes on where the last one stopped, also when this process
 * was killed and its server lives on without it.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "postgres";
    private static final String DATABASE = "riskcluster";
    private static final int CONNECTIONS_MAX = 100;

    /** Recovery after a kill reads the log since the last checkpoint; that takes seconds, not minutes. */
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;
    private final FolderLock lock;

    private EmbeddedDatabase(EmbeddedPostgres server, FolderLock lock) {
        this.server = server;
        this.lock = lock;
    }

    /**
     * Starts the server on {@code folder}, made where it does not exist, at {@code port} or the next free one (0: any).
     *
     * @throws IllegalStateException if another process uses the folder
     */
    public static EmbeddedDatabase start(Path folder, int port) throws IOException {
        var home = folder.toAbsolutePath().normalize();
        var lock = FolderLock.of(home);
        try {
            var data = home.resolve("data");
            new LeftServer(data).stop();
            var made = home.resolve("made");
            if (!Files.exists(made)) {
                // A first start was killed half-way: nothing was ever committed here.
                FileUtils.deleteDirectory(data.toFile());
            }
            var database = new EmbeddedDatabase(started(home, data, port), lock);
            database.createDatabase();
            Files.write(made, new byte[0]);
            return database;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Stops every server that a process which is gone left running on data under {@code folder}. */
    public static void stopLeft(Path folder) throws IOException {
        for (var file :
                FileUtils.listFiles(folder.toFile(), new NameFileFilter(LeftServer.PID_FILE), TrueFileFilter.TRUE)) {
            new LeftServer(Path.of(file.getParent())).stop();
        }
    }

    private static EmbeddedPostgres started(Path home, Path data, int port) throws IOException {
        var said = Redirect.appendTo(home.resolve("postgres.log").toFile());
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // The owner closes it last; a hook of its own would stop it under a node that still commits.
                .setRegisterShutdownHook(false)
                .setPort(FreePort.from(port))
                .setPGStartupWait(START_MAX)
                .setLocaleConfig("locale", "C")
                // What was committed stays, whatever ends: the library's own default is the opposite.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", Integer.toString(CONNECTIONS_MAX))
                .setServerConfig("timezone", "UTC")
                .setOutputRedirector(said)
                .setErrorRedirector(said)
                .start();
    }

    private void createDatabase() throws IOException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var asked = connection.prepareStatement("select 1 from pg_database where datname = ?");
                var statement = connection.createStatement()) {
            asked.setString(1, DATABASE);
            try (var found = asked.executeQuery()) {
                if (!found.next()) {
                    statement.execute("create database " + DATABASE);
                }
            }
        } catch (SQLException e) {
            server.close();
            throw new IOException("cannot make the database " + DATABASE, e);
        }
    }

    /** The address of the project's database for a JDBC driver; the user is in it, a password is not asked for. */
    public String jdbcUrl() {
        return server.getJdbcUrl(USER, DATABASE);
    }

    /** The port at which the server really listens. */
    public int port() {
        return server.getPort();
    }

    /** Stops the server; its data stays. */
    @Override
    public void close() throws IOException {
        server.close();
        lock.close();
    }
}
