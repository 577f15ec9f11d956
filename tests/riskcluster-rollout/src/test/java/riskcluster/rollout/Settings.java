package riskcluster.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import riskcluster.node.config.Key;
import riskcluster.node.config.Keys;
import riskcluster.node.terminal.Access;

/** Holds configurations to the keys that there are. */
final class Settings {

    private Settings() {}

    static Config of(String path) {
        return ConfigFactory.parseFile(Project.file(path).toFile());
    }

    /** Every key exists and every value is allowed; files are not looked for, they are where the node will run. */
    static void holdToKeys(Config config) {
        var keys = Keys.ALL.stream().collect(Collectors.toMap(Key::path, key -> key));
        for (var entry : config.entrySet()) {
            var path = entry.getKey().replace("\"", "");
            assertThat(keys).containsKey(path);
            if (!path.endsWith("-file")) {
                assertThatCode(() -> keys.get(path)
                                .read()
                                .apply(text(entry.getValue().unwrapped())))
                        .as(path)
                        .doesNotThrowAnyException();
            }
        }
    }

    /** Every variable of ours is that of a key, or of the commands that are typed there: a node refuses any other. */
    static void holdVariablesToKeys(Collection<String> variables) {
        assertThat(variables.stream()
                        .filter(name -> name.startsWith("RISKCLUSTER_") && !name.equals(Access.TOKEN_FILE)))
                .isNotEmpty()
                .isSubsetOf(Keys.ALL.stream().map(Key::variable).toList());
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }
}
