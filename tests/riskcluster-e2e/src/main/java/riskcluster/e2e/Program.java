package riskcluster.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program of the machine that is run to its end. */
public final class Program {

    private Program() {}

    /** What a program said on both its streams, and its exit status. */
    public record Answer(int status, String text) {}

    /** Runs it in this folder, with nothing to read, and waits for its end. */
    public static Answer run(Path folder, List<String> command) throws IOException {
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while " + command.getFirst() + " runs", e));
        }
    }
}
