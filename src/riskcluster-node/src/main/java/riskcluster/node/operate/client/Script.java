package riskcluster.node.operate.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jline.reader.SyntaxError;
import org.jline.reader.impl.DefaultParser;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;

/** Lines from a pipe or a file. What follows a # is a remark. */
record Script(BufferedReader in) implements Typist {

    @Override
    public Optional<List<String>> next() {
        try {
            return Optional.ofNullable(in.readLine()).map(Script::words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String line) {
        if (line.isBlank() || line.strip().startsWith("#")) {
            return List.of();
        }
        try {
            var parser = new DefaultParser();
            parser.setEofOnUnclosedQuote(true);
            return parser.parse(line.strip(), line.strip().length()).words();
        } catch (SyntaxError e) {
            throw new CommandFailed(Exit.USAGE, "'" + line + "' has a quote without its end", e);
        }
    }

    @Override
    public void onInterrupt(Runnable act) {
        // Ctrl-C ends the process, and with it the connection and what runs on it.
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
