package riskcluster.node.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The texts of all keys that somebody has set; the environment wins over the file. */
final class Settings {

    private static final String PREFIX = "RISKCLUSTER_";

    /** Variables of the launcher and of the commands that ask a node. */
    private static final Set<String> OF_OTHERS = Set.of(
            "RISKCLUSTER_JAVA_OPTS",
            "RISKCLUSTER_NODE",
            "RISKCLUSTER_OPERATOR",
            "RISKCLUSTER_CONTEXT",
            "RISKCLUSTER_TOKEN_FILE",
            "RISKCLUSTER_CA_FILE");

    private final Map<String, String> texts;

    private Settings(Map<String, String> texts) {
        this.texts = texts;
    }

    /**
     * Reads all of them.
     *
     * @param known every key there is
     * @throws ConfigRefused for what cannot be read and for whatever is not known: it would be missed silently
     */
    static Settings read(Path file, Map<String, String> environment, List<Key<?>> known) {
        var texts = new HashMap<String, String>();
        var paths = known.stream().map(Key::path).collect(Collectors.toSet());
        for (var entry : parse(file).entrySet()) {
            var path = entry.getKey().replace("\"", "");
            if (!paths.contains(path)) {
                throw new ConfigRefused(path + " in " + file + " is no key, allowed: " + nearest(path, paths));
            }
            texts.put(path, text(path, entry.getValue()));
        }
        var variables = known.stream().collect(Collectors.toMap(Key::variable, Key::path));
        environment.forEach((variable, value) -> {
            var path = variables.get(variable);
            if (path != null) {
                texts.put(path, value);
            } else if (variable.startsWith(PREFIX) && !OF_OTHERS.contains(variable)) {
                throw new ConfigRefused(variable + " in the environment is the variable of no key, allowed: " + PREFIX
                        + " and a key in capitals with _ for . and -");
            }
        });
        return new Settings(texts);
    }

    private static Config parse(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ConfigRefused("the configuration file is '" + file + "', allowed: a file that can be read");
        }
        try {
            return ConfigFactory.parseFile(file.toFile()).resolve();
        } catch (ConfigException e) {
            throw new ConfigRefused("the configuration file cannot be read: " + e.getMessage());
        }
    }

    private static String text(String path, ConfigValue value) {
        if (value.valueType() == ConfigValueType.LIST && value.unwrapped() instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        if (value.valueType() == ConfigValueType.OBJECT) {
            throw ConfigRefused.value(path, value.render(), "a value, not more keys");
        }
        return String.valueOf(value.unwrapped());
    }

    /** The keys beside a wrong one, or the first words where it has no neighbours. */
    private static String nearest(String path, Set<String> paths) {
        int dot = path.lastIndexOf('.');
        var family = dot < 0 ? "" : path.substring(0, dot + 1);
        var beside = paths.stream()
                .filter(each -> !family.isEmpty() && each.startsWith(family))
                .sorted()
                .toList();
        return String.join(", ", beside.isEmpty() ? paths.stream().sorted().toList() : beside);
    }

    /** The value of a key that has one. */
    <T> T of(Key<T> key) {
        return maybe(key)
                .orElseThrow(() -> new ConfigRefused(
                        key.path() + " (or " + key.variable() + ") is not set, allowed: " + key.allowed()));
    }

    /** The value of a key, where it has one. */
    <T> Optional<T> maybe(Key<T> key) {
        var text = texts.get(key.path());
        if (text != null) {
            return Optional.of(key.value(text));
        }
        return key.hasStandard() ? Optional.of(key.value(key.standard())) : Optional.empty();
    }

    /** What a key's text is that names a file, whatever is read of it. */
    Optional<Path> file(Key<?> key) {
        return Optional.ofNullable(texts.get(key.path())).map(String::strip).map(Path::of);
    }
}
