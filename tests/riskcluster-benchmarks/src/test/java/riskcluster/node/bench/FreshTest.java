package riskcluster.node.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshTest {

    @TempDir
    private Path folder;

    @Test
    void aProgramThatEndsBadlyLeavesNothingBehind() throws IOException {
        var told = folder.resolve("told");

        assertThatThrownBy(() -> Fresh.run(Halted.class, told.toString()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Halted ended with status 3");

        assertThat(Path.of(Files.readString(told))).doesNotExist();
    }

    /** Tells where it has written something, and is gone without another word. */
    static final class Halted {
        private Halted() {}

        public static void main(String[] args) throws IOException {
            var written = Files.writeString(Fresh.folder().resolve("written"), "something");
            Files.writeString(Path.of(args[0]), written.toString());
            Runtime.getRuntime().halt(3);
        }
    }
}
