package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.terminal.Exit;

class CorrectionCommandTest {

    @Test
    void whatSaysHowToCorrectIsRefusedWhereNothingIsToBeCorrected() {
        for (String option : new String[] {"--rules=default", "--policy=4f1c22", "--dry-run", "--yes"}) {
            var typed = Typed.type("replay", option);
            assertThat(typed.status()).isEqualTo(Exit.USAGE);
            assertThat(typed.err()).contains("go with --correct");
        }
    }

    @Test
    void whereNobodyCanBeAskedItIsSaidBeforeAnythingIsDecided(@TempDir Path folder) {
        var typed = Typed.type("replay", "--correct", "--data", folder.toString());
        assertThat(typed.status()).isEqualTo(Exit.USAGE);
        assertThat(typed.err()).contains("give --yes where nobody can be asked");
    }

    @Test
    void aFolderWithoutALakeIsNamed(@TempDir Path folder) {
        var typed = Typed.type("replay", "--correct", "--data", folder.toString(), "--dry-run");
        assertThat(typed.status()).isEqualTo(Exit.USAGE);
        assertThat(typed.err()).contains("holds no lake");
    }
}
