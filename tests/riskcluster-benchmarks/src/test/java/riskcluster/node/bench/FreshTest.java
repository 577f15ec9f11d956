package riskcluster.node.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.embedded.EmbeddedDatabase;

class FreshTest {

    @TempDir
    private Path folder;

    @Test
    void aProgramThatEndsBadlyLeavesNothingBehind() throws IOException {
        var told = folder.resolve("told");

        assertThatThrownBy(() -> Fresh.run(Halted.class, told.toString()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Halted ended with status 3");

        var left = Files.readAllLines(told);
        assertThat(Path.of(left.getFirst())).doesNotExist();
        assertThat(ProcessHandle.of(Long.parseLong(left.getLast()))).isEmpty();
    }

    /** Tells where it has written something, and which database it has started, and is gone without another word. */
    static final class Halted {
        private Halted() {}

        public static void main(String[] args) throws IOException {
            var written = Fresh.folder();
            EmbeddedDatabase.start(written.resolve("postgres"), 0);
            var database = Files.readAllLines(written.resolve("postgres/data/postmaster.pid"));
            Files.write(Path.of(args[0]), List.of(written.toString(), database.getFirst()));
            Runtime.getRuntime().halt(3);
        }
    }
}
