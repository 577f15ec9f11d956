package riskcluster.node.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void whatWasCommittedIsThereAfterARestart() throws Exception {
        try (var first = EmbeddedDatabase.start(folder, 0)) {
            write(first.jdbcUrl());
        }

        try (var second = EmbeddedDatabase.start(folder, 0)) {
            assertThat(value(second, "select word from kept")).isEqualTo("here");
        }
    }

    @Test
    void aServerThatOutlivedItsKilledOwnerIsStoppedAndItsDataKept() throws Exception {
        try (var killed = OtherProcess.of(DatabaseProgram.class, folder.toString())) {
            killed.awaitLine("ready");
            killed.kill();
        }
        var left = ProcessHandle.of(serverPid()).filter(ProcessHandle::isAlive);
        assertThat(left).as("the server lives on").isPresent();

        try (var next = EmbeddedDatabase.start(folder, 0)) {
            assertThat(left.get().isAlive()).isFalse();
            assertThat(value(next, "select word from kept")).isEqualTo("here");
        }
    }

    @Test
    void aPidFileThatNamesSomebodyElsesProcessIsNotBelieved() throws Exception {
        try (var first = EmbeddedDatabase.start(folder, 0)) {
            write(first.jdbcUrl());
        }
        var ours = ProcessHandle.current();
        Files.writeString(pidFile(), ours.pid() + "\n" + folder + "/data\n");

        try (var next = EmbeddedDatabase.start(folder, 0)) {
            assertThat(ours.isAlive()).isTrue();
            assertThat(value(next, "select word from kept")).isEqualTo("here");
        }
    }

    @Test
    void aFirstStartThatWasKilledHalfWayIsBegunAgain() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/postgresql.conf"), "# initdb came this far\n");

        try (var database = EmbeddedDatabase.start(folder, 0)) {
            assertThat(value(database, "select current_database()")).isEqualTo("riskcluster");
        }
    }

    @Test
    void aCommitWaitsForTheDisk() throws Exception {
        try (var database = EmbeddedDatabase.start(folder, 0)) {
            assertThat(value(database, "show fsync")).isEqualTo("on");
            assertThat(value(database, "show synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void twoServersNeverShareAFolder() throws Exception {
        try (var first = EmbeddedDatabase.start(folder, 0)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(folder, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another");
            assertThat(value(first, "select 1")).isEqualTo("1");
        }
    }

    static void write(String jdbcUrl) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.createStatement()) {
            statement.execute("create table kept as select 'here' as word");
        }
    }

    private static String value(EmbeddedDatabase database, String query) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private long serverPid() throws IOException {
        return Long.parseLong(Files.readAllLines(pidFile()).getFirst());
    }

    private Path pidFile() {
        return folder.resolve("data/postmaster.pid");
    }
}
