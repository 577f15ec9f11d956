package riskcluster.node.operate.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import riskcluster.node.operate.protocol.PalettePage;

/** A person at a terminal, whose lines are edited and completed. */
final class Person implements Typist {

    private final Terminal terminal;
    private final LineReader reader;
    private final String prompt;

    private Person(Terminal terminal, LineReader reader, String prompt) {
        this.terminal = terminal;
        this.reader = reader;
        this.prompt = prompt;
    }

    /**
     * The person at this process's terminal.
     *
     * @param palettes what can be typed, as it is known at that moment
     */
    static Person at(String prompt, Supplier<List<PalettePage>> palettes) {
        try {
            var terminal = TerminalBuilder.builder().system(true).build();
            var reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .completer(new Completion(palettes))
                    .build();
            return new Person(terminal, reader, prompt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<List<String>> next() {
        try {
            reader.readLine(prompt);
            return Optional.of(reader.getParsedLine().words().stream()
                    .filter(word -> !word.isEmpty())
                    .toList());
        } catch (UserInterruptException e) {
            return Optional.of(List.of()); // Ctrl-C at the prompt throws the line away
        } catch (EndOfFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void onInterrupt(Runnable act) {
        terminal.handle(Terminal.Signal.INT, signal -> act.run());
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
