package riskcluster.node.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The user's contexts, in the order in which they were added.
 *
 * @param file where they are kept
 * @param current the one that is asked where nothing else is said
 */
public record Contexts(Path file, Optional<String> current, List<Context> all) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Contexts {
        all = List.copyOf(all);
    }

    /** Those of this user: in {@code riskcluster/contexts.json} of his folder of configuration (XDG). */
    public static Contexts read() {
        var told = System.getProperty("riskcluster.contexts", "");
        return read(
                told.isEmpty() ? usual(System.getenv(), Path.of(System.getProperty("user.home", ""))) : Path.of(told));
    }

    static Path usual(Map<String, String> environment, Path home) {
        var told = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""));
        return (told.isAbsolute() ? told : home.resolve(".config"))
                .resolve("riskcluster")
                .resolve("contexts.json");
    }

    static Contexts read(Path file) {
        if (!Files.exists(file)) {
            return new Contexts(file, Optional.empty(), List.of());
        }
        try {
            var tree = JSON.readTree(file.toFile());
            var all = new ArrayList<Context>();
            for (var each : tree.path("contexts")) {
                all.add(new Context(
                        each.path("name").asText(),
                        text(each, "node"),
                        text(each, "operator"),
                        new Access(
                                text(each, "token_file").map(Path::of),
                                text(each, "ca").map(Path::of))));
            }
            return new Contexts(file, text(tree, "current"), all);
        } catch (IOException e) {
            throw new CommandFailed(
                    Exit.USAGE, file + " cannot be read: mend it, or delete it and add the contexts again", e);
        }
    }

    private static Optional<String> text(JsonNode tree, String name) {
        return Optional.of(tree.path(name).asText("")).filter(text -> !text.isEmpty());
    }

    public Optional<Context> find(String name) {
        return all.stream().filter(context -> context.name().equals(name)).findFirst();
    }

    /**
     * The context of this name.
     *
     * @throws CommandFailed where there is none
     */
    public Context named(String name) {
        return find(name)
                .orElseThrow(() -> new CommandFailed(
                        Exit.USAGE,
                        "there is no context '" + name + "'; "
                                + (all.isEmpty()
                                        ? "add it with 'riskcluster context add " + name + " --node URL --operator"
                                                + " HOST:PORT'"
                                        : "there are "
                                                + all.stream()
                                                        .map(Context::name)
                                                        .collect(Collectors.joining(", ")))));
    }

    /** With one more, or with this one in place of the one of its name. */
    public Contexts with(Context context) {
        var more = new ArrayList<>(all);
        int at = find(context.name()).map(more::indexOf).orElse(more.size());
        if (at < more.size()) {
            more.set(at, context);
        } else {
            more.add(context);
        }
        return new Contexts(file, current, more);
    }

    /** Without the one of this name. */
    public Contexts without(String name) {
        var gone = named(name);
        return new Contexts(
                file,
                current.filter(each -> !each.equals(name)),
                all.stream().filter(each -> !each.equals(gone)).toList());
    }

    /** With the one of this name as the current one. */
    public Contexts using(String name) {
        return new Contexts(file, Optional.of(named(name).name()), all);
    }

    /** Keeps them; whoever reads at the same time sees the old or the new ones. */
    public void write() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var next = file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid());
            JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), tree());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private JsonNode tree() {
        var tree = JSON.createObjectNode();
        current.ifPresent(name -> tree.put("current", name));
        var list = tree.putArray("contexts");
        for (var context : all) {
            var one = list.addObject().put("name", context.name());
            context.node().ifPresent(node -> one.put("node", node));
            context.operator().ifPresent(operator -> one.put("operator", operator));
            context.access().tokenFile().ifPresent(path -> one.put("token_file", path.toString()));
            context.access().authority().ifPresent(path -> one.put("ca", path.toString()));
        }
        return tree;
    }
}
