package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import riskcluster.node.terminal.Screen;

/** Holds every help text; {@code -Dgolden=write} writes them anew. */
class HelpTest {

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsGolden(List<String> command) throws IOException {
        var words = new ArrayList<>(command);
        words.add("--help");

        var typed = Typed.type(words.toArray(String[]::new));

        assertThat(typed.status()).isZero();
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).isEqualTo(golden(command, typed.out()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandThatDoesSomethingShowsExamples(List<String> command) {
        var line = find(command);
        if (line.getSubcommands().isEmpty() || command.isEmpty()) {
            var help = line.getUsageMessage(CommandLine.Help.Ansi.OFF);
            assertThat(help).contains("Examples:\n  riskcluster " + String.join(" ", command));
        }
    }

    @Test
    void theVersionNamesTheJavaThatRuns() {
        assertThat(Typed.type("--version").out()).startsWith("riskcluster ").contains("Java 25");
    }

    static List<List<String>> commands() {
        var all = new ArrayList<List<String>>();
        collect(CommandTree.line(Screen.of(false, new TreeMap<>())), List.of(), all);
        return all;
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> all) {
        all.add(path);
        new TreeMap<>(line.getSubcommands()).forEach((name, sub) -> {
            var deeper = new ArrayList<>(path);
            deeper.add(name);
            collect(sub, deeper, all);
        });
    }

    private static CommandLine find(List<String> command) {
        var line = CommandTree.line(Screen.of(false, new TreeMap<>()));
        for (var word : command) {
            line = line.getSubcommands().get(word);
        }
        return line;
    }

    private static String golden(List<String> command, String now) throws IOException {
        var name = command.isEmpty() ? "riskcluster" : String.join("-", command);
        if ("write".equals(System.getProperty("golden"))) {
            var folder = Path.of(
                    System.getProperty("riskcluster.root"),
                    "src/riskcluster-node/src/test/resources/riskcluster/node/cli");
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".help"), now);
            return now;
        }
        try (var in = HelpTest.class.getResourceAsStream(name + ".help")) {
            return in == null ? "no golden text" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
