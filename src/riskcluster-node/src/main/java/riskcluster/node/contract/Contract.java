package riskcluster.node.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One data contract: what a topic or a table holds, and what may be relied on.
 *
 * @param file where it was read
 * @param purpose what it is for, in a sentence; empty where it does not say
 * @param objects the topics or tables that it describes
 */
public record Contract(
        String file, String id, String version, String status, String purpose, List<SchemaObject> objects) {

    public Contract {
        objects = List.copyOf(objects);
    }

    /** The object of this name; empty where there is none. */
    public Optional<SchemaObject> object(String name) {
        return objects.stream().filter(object -> object.name().equals(name)).findFirst();
    }

    /**
     * A topic or a table.
     *
     * @param line where it begins in the file
     * @param quality what is checked of each batch or record
     * @param custom what stands in {@code customProperties}, by its name
     */
    public record SchemaObject(
            int line,
            String name,
            String physicalType,
            String description,
            List<Property> properties,
            List<QualityRule> quality,
            Map<String, Object> custom) {

        public SchemaObject {
            properties = List.copyOf(properties);
            quality = List.copyOf(quality);
            custom = Map.copyOf(custom);
        }
    }

    /**
     * A field or a column.
     *
     * @param physicalType how it is stored; empty where the contract does not say
     * @param keyPosition its place in the primary key, from 1; 0 for none
     * @param options limits, by the standard's names
     * @param allowed the only values that it may have, as text; empty where any will do
     * @param properties fields of an object
     * @param items what a list holds
     */
    public record Property(
            int line,
            String name,
            String logicalType,
            String physicalType,
            String description,
            boolean required,
            boolean unique,
            int keyPosition,
            boolean partitioned,
            Map<String, Object> options,
            List<String> allowed,
            List<Property> properties,
            Optional<Property> items,
            List<QualityRule> quality,
            Map<String, Object> custom) {

        public Property {
            options = Map.copyOf(options);
            allowed = List.copyOf(allowed);
            properties = List.copyOf(properties);
            quality = List.copyOf(quality);
            custom = Map.copyOf(custom);
        }
    }

    /**
     * Something that is checked.
     *
     * @param dimension of quality, by the standard's names; empty where it does not say
     * @param severity {@code error}, {@code warning} or {@code info}
     * @param engine who checks it; empty for the standard's own metrics and for texts
     * @param plan how it is checked: metric, arguments, comparisons
     */
    public record QualityRule(
            int line,
            String name,
            String description,
            String dimension,
            String severity,
            String engine,
            Map<String, Object> plan) {

        public QualityRule {
            plan = Map.copyOf(plan);
        }
    }
}
