package riskcluster.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import riskcluster.node.terminal.Screen;

class ProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void onATerminalTheStateIsPaintedOverAndLinesStandAboveIt() {
        var progress = progress(true);

        progress.state("1 of 2");
        progress.line("alert");
        progress.state("2 of 2");
        progress.end();

        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[2K1 of 2" + "\r\u001b[2Kalert\n" + "1 of 2" + "\r\u001b[2K2 of 2" + "\r\u001b[2K");
    }

    @Test
    void aPaintedLineNeverWraps() {
        progress(true).state("x".repeat(200));

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[2K" + "x".repeat(79));
    }

    @Test
    void elsewhereThereAreOnlyPlainLines() {
        var progress = progress(false);

        progress.state("1 of 2");
        progress.line("alert");
        progress.end();

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("1 of 2\nalert\n");
    }

    private Progress progress(boolean terminal) {
        var out = new PrintStream(written, true, StandardCharsets.UTF_8);
        return new Progress(new Screen(out, out, terminal, false));
    }
}
