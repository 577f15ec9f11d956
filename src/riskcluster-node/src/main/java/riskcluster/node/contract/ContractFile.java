package riskcluster.node.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import riskcluster.node.contract.Contract.Property;
import riskcluster.node.contract.Contract.QualityRule;
import riskcluster.node.contract.Contract.SchemaObject;

/** Reads contracts of the Open Data Contract Standard, version 3, and refuses what is none, with file, line and reason. */
public final class ContractFile {

    private static final long BYTES_MAX = 1 << 20;
    private static final Pattern VERSION = Pattern.compile("v3\\.[0-2]\\.[0-9]+");
    private static final Set<String> TYPES =
            Set.of("string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean", "map");

    private static final Set<String> CONTRACT = Set.of(
            "version apiVersion kind id name tenant tags status servers dataProduct description domain schema support"
                    .concat(" price team roles slaDefaultElement slaProperties authoritativeDefinitions")
                    .concat(" customProperties contractCreatedTs")
                    .split(" "));
    private static final Set<String> ELEMENT =
            Set.of("id", "name", "physicalType", "description", "businessName", "authoritativeDefinitions", "tags");
    private static final Set<String> OBJECT = with(
            ELEMENT,
            "customProperties logicalType physicalName dataGranularityDescription properties relationships quality"
                    + " deprecated");
    private static final Set<String> PROPERTY = with(
            ELEMENT,
            "customProperties primaryKey primaryKeyPosition logicalType logicalTypeOptions physicalName required unique"
                    + " partitioned partitionKeyPosition classification encryptedName transformSourceObjects"
                    + " transformLogic transformDescription examples criticalDataElement relationships quality items"
                    + " properties enum deprecated");
    private static final Set<String> QUALITY = Set.of(
            ("id authoritativeDefinitions businessImpact customProperties description dimension method name schedule"
                            + " scheduler severity tags type unit metric rule arguments mustBe mustNotBe"
                            + " mustBeGreaterThan mustBeGreaterOrEqualTo mustBeLessThan mustBeLessOrEqualTo"
                            + " mustBeBetween mustNotBeBetween query engine implementation")
                    .split(" "));

    private ContractFile() {}

    /** The contract in this file. */
    public static Contract read(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new ContractRefused(path.toString(), 0, "there is no such file");
            }
            if (Files.size(path) > BYTES_MAX) {
                throw new ContractRefused(path.toString(), 0, "the file is larger than " + BYTES_MAX + " bytes");
            }
            return read(path.toString(), Files.readAllBytes(path));
        } catch (IOException failure) {
            throw new ContractRefused(path.toString(), 0, "the file cannot be read: " + failure);
        }
    }

    /** The contract in these bytes of UTF-8. */
    static Contract read(String file, byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return contract(file, YamlPlace.parse(file, text.toString()));
        } catch (CharacterCodingException strange) {
            throw new ContractRefused(file, 0, "the file is not UTF-8");
        }
    }

    private static Contract contract(String file, YamlPlace root) {
        var members = root.members(CONTRACT);
        var api = required(root, members, "apiVersion");
        if (!VERSION.matcher(api.text()).matches()) {
            throw api.refused("apiVersion is '" + api.text() + "', allowed: v3.0.0 to v3.2.x");
        }
        var kind = required(root, members, "kind");
        if (!kind.text().equals("DataContract")) {
            throw kind.refused("kind is '" + kind.text() + "', allowed: DataContract");
        }
        var objects = YamlPlace.of(members, "schema").map(YamlPlace::items).orElse(List.of()).stream()
                .map(ContractFile::object)
                .toList();
        if (objects.isEmpty()) {
            throw root.refused("the contract describes nothing, allowed: a schema of at least one object");
        }
        unlikeNames(objects.stream().map(SchemaObject::name).toList(), root);
        var purpose = YamlPlace.of(members, "description")
                .map(YamlPlace::members)
                .flatMap(description -> YamlPlace.of(description, "purpose"))
                .map(YamlPlace::text)
                .orElse("");
        return new Contract(
                file,
                required(root, members, "id").text(),
                required(root, members, "version").text(),
                required(root, members, "status").text(),
                purpose,
                objects);
    }

    private static SchemaObject object(YamlPlace place) {
        var members = place.members(OBJECT);
        return new SchemaObject(
                place.line(),
                required(place, members, "name").text(),
                text(members, "physicalType"),
                text(members, "description"),
                properties(place, members),
                quality(members),
                custom(members));
    }

    private static List<Property> properties(YamlPlace place, Map<String, YamlPlace> members) {
        var properties = YamlPlace.of(members, "properties").map(YamlPlace::items).orElse(List.of()).stream()
                .map(item -> property(item, true))
                .toList();
        unlikeNames(properties.stream().map(Property::name).toList(), place);
        return properties;
    }

    private static Property property(YamlPlace place, boolean named) {
        var members = place.members(PROPERTY);
        var type = required(place, members, "logicalType");
        if (!TYPES.contains(type.text())) {
            throw type.refused("logicalType is '" + type.text() + "', allowed: "
                    + String.join(", ", TYPES.stream().sorted().toList()));
        }
        boolean key = flag(members, "primaryKey");
        int position = YamlPlace.of(members, "primaryKeyPosition")
                .map(YamlPlace::whole)
                .orElse(1);
        return new Property(
                place.line(),
                named ? required(place, members, "name").text() : text(members, "name"),
                type.text(),
                text(members, "physicalType"),
                text(members, "description"),
                flag(members, "required"),
                flag(members, "unique"),
                key ? position : 0,
                flag(members, "partitioned"),
                YamlPlace.of(members, "logicalTypeOptions")
                        .map(ContractFile::options)
                        .orElse(Map.of()),
                allowed(members),
                properties(place, members),
                YamlPlace.of(members, "items").map(items -> property(items, false)),
                quality(members),
                custom(members));
    }

    private static Map<String, Object> options(YamlPlace place) {
        var options = new HashMap<String, Object>();
        place.members().forEach((key, value) -> options.put(key, value.plain()));
        return options;
    }

    /** The standard's {@code enum} (3.2), or the valid values of its metric {@code invalidValues} (3.1). */
    private static List<String> allowed(Map<String, YamlPlace> members) {
        var listed = YamlPlace.of(members, "enum");
        if (listed.isPresent()) {
            return listed.get().items().stream().map(ContractFile::enumValue).toList();
        }
        for (YamlPlace rule :
                YamlPlace.of(members, "quality").map(YamlPlace::items).orElse(List.of())) {
            var values = YamlPlace.of(rule.members(QUALITY), "arguments")
                    .map(YamlPlace::members)
                    .flatMap(arguments -> YamlPlace.of(arguments, "validValues"));
            if (values.isPresent()) {
                return values.get().items().stream().map(YamlPlace::text).toList();
            }
        }
        return List.of();
    }

    private static String enumValue(YamlPlace item) {
        return item.plain() instanceof Map<?, ?>
                ? required(item, item.members(), "value").text()
                : item.text();
    }

    private static List<QualityRule> quality(Map<String, YamlPlace> members) {
        return YamlPlace.of(members, "quality").map(YamlPlace::items).orElse(List.of()).stream()
                .map(ContractFile::rule)
                .toList();
    }

    private static QualityRule rule(YamlPlace place) {
        var members = place.members(QUALITY);
        var plan = new HashMap<String, Object>();
        members.forEach((key, value) -> {
            if (key.startsWith("must")
                    || Set.of("metric", "arguments", "query", "unit", "type").contains(key)) {
                plan.put(key, value.plain());
            }
        });
        YamlPlace.of(members, "implementation").ifPresent(implementation -> {
            if (implementation.plain() instanceof Map<?, ?> map) {
                map.forEach((key, value) -> plan.put(key.toString(), value));
            } else {
                plan.put("implementation", implementation.text());
            }
        });
        return new QualityRule(
                place.line(),
                text(members, "name"),
                text(members, "description"),
                text(members, "dimension"),
                text(members, "severity"),
                text(members, "engine"),
                plan);
    }

    private static Map<String, Object> custom(Map<String, YamlPlace> members) {
        var custom = new HashMap<String, Object>();
        for (YamlPlace item :
                YamlPlace.of(members, "customProperties").map(YamlPlace::items).orElse(List.of())) {
            var pair = item.members(Set.of("id", "property", "value", "description"));
            custom.put(
                    required(item, pair, "property").text(),
                    required(item, pair, "value").plain());
        }
        return custom;
    }

    private static YamlPlace required(YamlPlace place, Map<String, YamlPlace> members, String key) {
        return YamlPlace.of(members, key).orElseThrow(() -> place.refused("'" + key + "' is missing"));
    }

    private static String text(Map<String, YamlPlace> members, String key) {
        return YamlPlace.of(members, key).map(YamlPlace::text).orElse("");
    }

    private static boolean flag(Map<String, YamlPlace> members, String key) {
        return YamlPlace.of(members, key).map(YamlPlace::flag).orElse(false);
    }

    private static void unlikeNames(List<String> names, YamlPlace place) {
        var seen = new HashSet<String>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw place.refused("'" + name + "' is described twice");
            }
        }
    }

    private static Set<String> with(Set<String> some, String more) {
        var all = new HashSet<>(some);
        all.addAll(List.of(more.split(" ")));
        return Set.copyOf(all);
    }
}
