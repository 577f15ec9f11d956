package riskcluster.node.operate.client;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.PalettePage;
import riskcluster.node.terminal.OutputFormat;

/** What can follow the words before the cursor, from what the node has told. */
record Completion(Supplier<List<PalettePage>> palettes) implements Completer {

    private static final List<String> OWN_OPTIONS = List.of("-o", "--timeout", "--help");

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        after(line.words().subList(0, line.wordIndex())).map(Candidate::new).forEach(candidates::add);
    }

    /** The words that may come next; which of them fit what is typed already is the reader's business. */
    Stream<String> after(List<String> words) {
        if (words.isEmpty()) {
            return Stream.concat(palettes.get().stream().map(PalettePage::name), Stream.of("help", "exit"));
        }
        if (words.getFirst().equals("help")) {
            return after(words.subList(1, words.size())).filter(word -> !word.startsWith("-"));
        }
        var palette = palettes.get().stream()
                .filter(each -> each.name().equals(words.getFirst()))
                .findFirst();
        return words.size() == 1
                ? palette.stream().flatMap(each -> each.commands().stream().map(CommandPage::name))
                : palette.flatMap(each -> each.command(words.get(1))).stream()
                        .flatMap(command -> after(command, words.getLast()));
    }

    private static Stream<String> after(CommandPage command, String last) {
        if (last.equals("-o") || last.equals("--output")) {
            return Arrays.stream(OutputFormat.values()).map(OutputFormat::word);
        }
        var option = command.option(last);
        return option.isPresent() && !option.get().isFlag()
                ? option.get().values().stream()
                : Stream.concat(
                        command.options().stream().flatMap(each -> each.names().stream()), OWN_OPTIONS.stream());
    }
}
