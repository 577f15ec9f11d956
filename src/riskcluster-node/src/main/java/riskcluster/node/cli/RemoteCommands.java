package riskcluster.node.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import riskcluster.node.operate.client.OneShot;
import riskcluster.node.operate.client.OperatorClient;
import riskcluster.node.operate.client.Shell;
import riskcluster.node.terminal.Access;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;
import riskcluster.node.terminal.Screen;
import riskcluster.node.terminal.Target;

/**
 * The commands that a node brings: {@code riskcluster [HOST:PORT] PALETTE COMMAND}. What they are is learnt from the
 * node, so only the palettes that every node has are named here, for those who have no node yet.
 */
final class RemoteCommands {

    /** The palettes that every node has, with their commands. */
    static final Map<String, List<String>> PALETTES = Map.of(
            "cluster",
                    List.of("show", "status", "leader", "health", "tail", "leave", "down", "down-unreachable", "join"),
            "cluster-sharding", List.of("list-regions", "region-stats"),
            "actor", List.of("hierarchy", "system"),
            "log", List.of("tail"),
            "partition", List.of("list", "show", "pause", "resume"));

    private RemoteCommands() {}

    /**
     * Runs what a node is asked for.
     *
     * @param local commands of this program; those it has not are looked for at the node
     * @return the status, or nothing where no node is asked
     */
    static OptionalInt run(Screen screen, Set<String> local, String... arguments) {
        if (arguments.length == 0 || arguments[0].startsWith("-")) {
            return OptionalInt.empty();
        }
        var words = Arrays.asList(arguments);
        var rest = words.subList(1, words.size());
        var named = OperatorAddress.parse(arguments[0]);
        if (named.isPresent()) {
            return OptionalInt.of(at(screen, named.get().with(Access.told()), rest));
        }
        var first = arguments[0];
        if (PALETTES.containsKey(first)
                ? !rest.isEmpty() && !asksHelp(rest.getFirst())
                : first.equals("help") && !rest.isEmpty()) {
            return OptionalInt.of(at(screen, words));
        }
        if (first.equals("shell") && !rest.stream().anyMatch(RemoteCommands::asksHelp)) {
            return OptionalInt.of(at(screen, rest));
        }
        return local.contains(first) ? OptionalInt.empty() : unknown(screen, words);
    }

    private static boolean asksHelp(String word) {
        return word.equals("-h") || word.equals("--help");
    }

    /** At the node of the context that the words name, or else of whatever is said elsewhere. */
    private static int at(Screen screen, List<String> words) {
        var typed = WithContext.of(words);
        var target = Target.of(typed.context());
        return words.size() > 1 && words.subList(0, 2).equals(List.of("log", "tail"))
                ? NamedNodes.of(typed.words()).run(screen, target)
                : at(screen, target.operatorAddress(), typed.words());
    }

    private static int at(Screen screen, OperatorAddress address, List<String> words) {
        return words.isEmpty()
                ? Shell.run(
                        screen, address, new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())))
                : asked(screen, address, words);
    }

    /** What interrupts work is shown first, and done when a person at the terminal says yes. */
    private static int asked(Screen screen, OperatorAddress address, List<String> words) {
        if (!screen.terminal() || !wantsConsent(words)) {
            return OneShot.run(screen, address, words);
        }
        var status = OneShot.run(screen, address, with(words, "--dry-run"));
        if (status != Exit.FINE) {
            return status;
        }
        if (!Consent.asked(screen, "Do it?")) {
            screen.out().println("nothing is done");
            return Exit.FINE;
        }
        return OneShot.run(screen, address, with(words, "--yes"));
    }

    private static boolean wantsConsent(List<String> words) {
        return words.size() > 2
                && words.getFirst().equals("partition")
                && Set.of("pause", "resume").contains(words.get(1))
                && Collections.disjoint(words, Set.of("--dry-run", "--yes", "-y", "-h", "--help"));
    }

    private static List<String> with(List<String> words, String more) {
        return Stream.concat(words.stream(), Stream.of(more)).toList();
    }

    /** A palette that a newer node may have. Where there is no node, the word is simply none of ours. */
    private static OptionalInt unknown(Screen screen, List<String> typed) {
        var words = WithContext.of(typed);
        return connected(words)
                .map(client -> {
                    try (client) {
                        var known = client.learnt().palettes().stream()
                                .anyMatch(palette -> palette.name().equals(typed.getFirst()));
                        return known ? OptionalInt.of(OneShot.run(screen, client, words.words())) : OptionalInt.empty();
                    }
                })
                .orElse(OptionalInt.empty());
    }

    private static Optional<OperatorClient> connected(WithContext words) {
        try {
            return Optional.of(OperatorClient.connect(Target.of(words.context()).operatorAddress()));
        } catch (CommandFailed nobody) {
            return Optional.empty();
        }
    }

    /** Stands in the list of commands for a palette; running it is the node's work. */
    private abstract static class Page implements Runnable {

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Missing command of the node");
        }
    }

    @Command(
            name = "cluster",
            description = "Members, where each partition stands, and who joins and goes. A node brings the commands:"
                    + " show, status, leader, health, tail, leave, down, down-unreachable, join.",
            footer = {
                "",
                "Every command takes -o table|wide|json|jsonl|yaml|name and --timeout SECONDS. The node to ask",
                "stands first; without it: --context NAME, $RISKCLUSTER_OPERATOR, the current context, the",
                "running dev, else 127.0.0.1:9110.",
                "",
                "Examples:",
                "  riskcluster cluster show",
                "  riskcluster cluster show --context prod -o yaml",
                "  riskcluster cluster health -w --timeout 120",
                "  riskcluster cluster health -e || echo unwell",
                "  riskcluster 10.0.0.5:9110 cluster leave -a 10.0.0.7:7355",
                "  riskcluster help cluster leave"
            })
    static final class ClusterPage extends Page {}

    @Command(
            name = "cluster-sharding",
            description = "What is spread over the nodes, and how. A node brings the commands: list-regions,"
                    + " region-stats.",
            footer = {
                "",
                "Examples:",
                "  riskcluster cluster-sharding list-regions",
                "  riskcluster cluster-sharding region-stats -r partition -o json"
            })
    static final class ShardingPage extends Page {}

    @Command(
            name = "actor",
            description = "Actors of a node. A node brings the commands: hierarchy, system.",
            footer = {
                "",
                "Examples:",
                "  riskcluster actor hierarchy -d 2",
                "  riskcluster 10.0.0.5:9110 actor hierarchy -s /system/sharding -d 6 -n 10"
            })
    static final class ActorPage extends Page {}

    @Command(
            name = "log",
            description = "What nodes log. A node brings the command: tail.",
            footer = {
                "",
                "The last lines of every node of the context are put in the order of their times; --node names",
                "others. Each node keeps its last 2,000 lines.",
                "",
                "Examples:",
                "  riskcluster log tail",
                "  riskcluster log tail -f --level warn",
                "  riskcluster log tail --partition 3 --lines 20 -o jsonl",
                "  riskcluster log tail --trace 4bf92f3577b34da6a3ce929d0e0e4736 --context prod",
                "  riskcluster log tail --node 10.0.0.5:9110,10.0.0.6:9110 -f",
                "  riskcluster 10.0.0.5:9110 log tail --customer k1:5f0c..."
            })
    static final class LogPage extends Page {}

    @Command(
            name = "partition",
            description = "Partitions of the input: where each is and how far it has come. A node brings the commands:"
                    + " list, show, pause, resume.",
            footer = {
                "",
                "Examples:",
                "  riskcluster partition list",
                "  riskcluster partition list --alarmed -o name",
                "  riskcluster partition show 3",
                "  riskcluster partition pause 0-3,7 --reason \"Kafka is upgraded\"",
                "  riskcluster partition resume --all --yes"
            })
    static final class PartitionPage extends Page {}

    @Command(
            name = "shell",
            description = "Commands of a node one after the other, from a person or from standard input.",
            footer = {
                "",
                "Examples:",
                "  riskcluster shell",
                "  riskcluster 10.0.0.5:9110",
                "  riskcluster shell < commands.txt"
            })
    static final class ShellPage extends Page {}
}
