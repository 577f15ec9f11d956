package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static riskcluster.node.cli.Typed.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.input.InputFile;
import riskcluster.node.terminal.Exit;

class GenerateCommandTest {
    @TempDir
    private Path folder;

    @Test
    void recordsGoToStandardOutput() {
        var typed = type("generate", "--records", "20", "--seed", "42");

        assertThat(typed.status()).isZero();
        assertThat(typed.out().lines()).hasSize(20).allMatch(line -> line.startsWith("{\"transaction_id\":\"t"));
    }

    @Test
    void recordsAndLabelsGoToFilesOfTheirOwn() throws IOException {
        var out = folder.resolve("t.jsonl");
        var labels = folder.resolve("labels.csv");

        var typed = type("generate", "--records", "5000", "--out", out.toString(), "--labels", labels.toString());

        assertThat(typed).isEqualTo(new Typed(Exit.FINE, "", ""));
        assertThat(Files.readAllLines(labels))
                .hasSize(5_001)
                .startsWith("transaction_id,scenario")
                .anyMatch(line -> line.endsWith(",account_takeover"));
        try (var input = InputFile.open(out)) {
            assertThat(input).toIterable().hasSize(5_000);
        }
    }

    @Test
    void aSettingThatCannotBeIsWrongUsage() {
        assertThat(type("generate", "--alert-share", "2"))
                .isEqualTo(new Typed(Exit.USAGE, "", "riskcluster: alert share is 2.0, allowed: 0.0 to 0.5\n"));
        assertThat(type("generate", "--start", "tomorrow").status()).isEqualTo(Exit.USAGE);
        assertThat(type("generate", "--out", "a", "--kafka", "b:1").status()).isEqualTo(Exit.USAGE);
        assertThat(type("generate", "--out", folder.toString()).status()).isEqualTo(Exit.USAGE);
    }
}
