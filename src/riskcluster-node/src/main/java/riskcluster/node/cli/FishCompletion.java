package riskcluster.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every command and option as fish wants to be told of them. */
final class FishCompletion {

    /** Options with these values want files. */
    private static final Set<String> FILES = Set.of("FILE", "DIR");

    private final String name;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String name) {
        this.name = name;
    }

    static String of(String name, CommandLine line) {
        var completion = new FishCompletion(name);
        completion.begin();
        completion.add(line, List.of());
        return String.join("\n", completion.lines) + "\n";
    }

    /** The words before the cursor without options are compared with the path of a command. */
    private void begin() {
        lines.add("# fish completion of " + name + ": source it, or keep it in ~/.config/fish/completions");
        lines.add("function __" + name + "_words");
        lines.add("    set -l typed (commandline -opc)");
        lines.add("    for word in $typed[2..-1]");
        lines.add("        string match -q -- '-*' $word; or echo $word");
        lines.add("    end");
        lines.add("end");
        lines.add("function __" + name + "_at");
        lines.add("    set -l words (__" + name + "_words)");
        lines.add("    test \"$words\" = \"$argv\"");
        lines.add("end");
        lines.add("function __" + name + "_in");
        lines.add("    set -l words (__" + name + "_words)");
        lines.add("    set -l length (count $argv)");
        lines.add("    test (count $words) -ge $length; and test \"$words[1..$length]\" = \"$argv\"");
        lines.add("end");
        lines.add("complete -c " + name + " -f");
    }

    private void add(CommandLine line, List<String> path) {
        line.getSubcommands().forEach((word, command) -> {
            var help = command.getCommandSpec().usageMessage().description();
            lines.add("complete -c " + name + " -n " + quoted(condition("at", path)) + " -a " + quoted(word)
                    + describe(help));
            var deeper = new ArrayList<>(path);
            deeper.add(word);
            add(command, deeper);
        });
        if (!path.isEmpty() && line.getSubcommands().isEmpty()) {
            line.getCommandSpec().options().forEach(option -> add(option, path));
        }
    }

    private void add(OptionSpec option, List<String> path) {
        var names = java.util.Arrays.stream(option.names())
                .map(word -> word.startsWith("--") ? " -l " + word.substring(2) : " -s " + word.substring(1))
                .collect(Collectors.joining());
        lines.add("complete -c " + name + " -n " + quoted(condition("in", path)) + names + value(option)
                + describe(option.description()));
    }

    private static String value(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        if (FILES.contains(option.paramLabel())) {
            return " -r -F";
        }
        var candidates = option.completionCandidates();
        return candidates == null
                ? " -x"
                : " -x -a "
                        + quoted(StreamSupport.stream(candidates.spliterator(), false)
                                .collect(Collectors.joining(" ")));
    }

    private String condition(String how, List<String> path) {
        return "__" + name + "_" + how + (path.isEmpty() ? "" : " " + String.join(" ", path));
    }

    /** The first sentence. */
    private static String describe(String[] help) {
        if (help.length == 0) {
            return "";
        }
        var first = help[0].split("(?<=[.:])\\s", 2)[0];
        return " -d " + quoted(first);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
