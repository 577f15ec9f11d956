package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import riskcluster.node.operate.OneNode;
import riskcluster.node.terminal.Screen;

/** Holds docs/runbook.md to the alert rules, and every command on it to the program. */
class RunbookTest {

    private static final Path PROJECT = Path.of(System.getProperty("riskcluster.root"));
    private static final Pattern RULE = Pattern.compile("(?m)^ *- alert: (\\w+)$");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (RiskCluster\\w+)$");
    private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final List<String> OF_A_NODE = List.of("cluster", "cluster-sharding", "actor");

    @Test
    void everyAlertRuleHasASectionThatSaysWhatItMeansWhereToLookAndWhatToDo() throws IOException {
        var page = text("docs/runbook.md");
        var rules = found(RULE, text("telemetry/alerts.yml"));
        assertThat(found(HEADING, page)).isEqualTo(rules);
        for (var rule : rules) {
            var section = page.substring(page.indexOf("## " + rule)).split("\n## ", 2)[0];
            assertThat(section).as(rule).contains("**Means** ", "**See more** ", "**Do** ", "**Worry** ");
        }
    }

    @Test
    void everyCommandIsOneOfTheProgramOrOfANode() throws IOException {
        var commands = commands();
        assertThat(commands).hasSizeGreaterThan(15);
        try (var node = OneNode.up(Behaviors.empty())) {
            for (var words : commands) {
                if (OF_A_NODE.contains(words.getFirst())) {
                    knows(node, words);
                } else {
                    CommandTree.line(Screen.of(false, new TreeMap<>())).parseArgs(words.toArray(String[]::new));
                }
            }
        }
    }

    private static void knows(OneNode node, List<String> words) {
        var help = Typed.type(node.operator(), "help", words.get(0), words.get(1));
        assertThat(help.status()).as("%s: %s", words, help.err()).isZero();
        assertThat(words.stream().skip(2).filter(word -> word.startsWith("-")))
                .allSatisfy(option -> assertThat(help.out()).as("%s", words).contains(option));
    }

    private static List<List<String>> commands() throws IOException {
        var commands = new ArrayList<List<String>>();
        for (var block : found(SHELL, text("docs/runbook.md"))) {
            for (var line : block.split("\n")) {
                var words = found(WORD, line.replaceFirst(" +# .*", ""));
                assertThat(words.getFirst()).isEqualTo("riskcluster");
                commands.add(words.subList(words.get(1).contains(":") ? 2 : 1, words.size()));
            }
        }
        return commands;
    }

    /** The first group of each find that took part in it. */
    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1) != null || found.groupCount() == 1 ? found.group(1) : found.group(2))
                .toList();
    }

    private static String text(String file) throws IOException {
        return Files.readString(PROJECT.resolve(file));
    }
}
