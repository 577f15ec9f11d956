package riskcluster.node.contract;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value of a YAML file that remembers its line, so that whatever is wrong with it can be found. */
final class YamlPlace {

    private static final int LEVELS_MAX = 32;

    private final String file;
    private final Node node;
    private final String name;

    private YamlPlace(String file, Node node, String name) {
        this.file = file;
        this.node = node;
        this.name = name;
    }

    /** The one document of a file. */
    static YamlPlace parse(String file, String text) {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(LEVELS_MAX);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                throw new ContractRefused(file, 1, "the file is empty, allowed: a data contract");
            }
            return new YamlPlace(file, root, "the contract");
        } catch (MarkedYAMLException broken) {
            var mark = broken.getProblemMark();
            throw new ContractRefused(file, mark == null ? 0 : mark.getLine() + 1, "no YAML: " + broken.getProblem());
        } catch (YAMLException broken) {
            throw new ContractRefused(file, 0, "no YAML: " + broken.getMessage());
        }
    }

    int line() {
        return node.getStartMark().getLine() + 1;
    }

    ContractRefused refused(String reason) {
        return new ContractRefused(file, line(), reason);
    }

    /** The members of a mapping whose keys are among these. */
    Map<String, YamlPlace> members(Set<String> allowed) {
        var members = members();
        members.forEach((key, value) -> {
            if (!allowed.contains(key)) {
                throw value.refused("'" + key + "' of " + name + " is no key of the standard, allowed: "
                        + String.join(", ", allowed.stream().sorted().toList()));
            }
        });
        return members;
    }

    /** The members of a mapping. */
    Map<String, YamlPlace> members() {
        if (!(node instanceof MappingNode mapping)) {
            throw refused(name + " is " + kind() + ", allowed: a mapping of keys to values");
        }
        var members = new LinkedHashMap<String, YamlPlace>();
        for (var tuple : mapping.getValue()) {
            var key = new YamlPlace(file, tuple.getKeyNode(), "a key").text();
            if (members.put(key, new YamlPlace(file, tuple.getValueNode(), "'" + key + "'")) != null) {
                throw new YamlPlace(file, tuple.getKeyNode(), key).refused("'" + key + "' stands twice in " + name);
            }
        }
        return members;
    }

    List<YamlPlace> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw refused(name + " is " + kind() + ", allowed: a list");
        }
        var items = new ArrayList<YamlPlace>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlPlace(file, item, "an item of " + name));
        }
        return items;
    }

    /** A scalar as it was written, without its quotes. */
    String text() {
        if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            return scalar.getValue();
        }
        throw refused(name + " is " + kind() + ", allowed: a text");
    }

    boolean flag() {
        if (node.getTag().equals(Tag.BOOL)) {
            return text().equalsIgnoreCase("true");
        }
        throw refused(name + " is " + kind() + ", allowed: true or false");
    }

    BigDecimal number() {
        if (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT)) {
            try {
                return new BigDecimal(text().replace("_", ""));
            } catch (NumberFormatException strange) {
                throw refused(name + " is " + text() + ", allowed: a decimal number");
            }
        }
        throw refused(name + " is " + kind() + ", allowed: a number");
    }

    int whole() {
        try {
            return number().intValueExact();
        } catch (ArithmeticException tooLarge) {
            throw refused(name + " is " + text() + ", allowed: a whole number");
        }
    }

    /** Text, number, flag, list or mapping, as it is. */
    Object plain() {
        if (node instanceof MappingNode) {
            var plain = new HashMap<String, Object>();
            members().forEach((key, value) -> plain.put(key, value.plain()));
            return Map.copyOf(plain);
        }
        if (node instanceof SequenceNode) {
            return items().stream().map(YamlPlace::plain).toList();
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return flag();
        }
        return node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT) ? number() : text();
    }

    /** The member of this name; empty where it is missing. */
    static Optional<YamlPlace> of(Map<String, YamlPlace> members, String key) {
        return Optional.ofNullable(members.get(key));
    }

    private String kind() {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
                ? "'" + scalar.getValue() + "'"
                : "nothing";
    }
}
