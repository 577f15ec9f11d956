package riskcluster.node.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import riskcluster.node.contract.Contract.Property;
import riskcluster.node.contract.Contract.QualityRule;
import riskcluster.node.contract.Contract.SchemaObject;

/** The documentation page of a table, made of its contract. */
final class TablePage {

    private TablePage() {}

    static String of(Contract contract) {
        SchemaObject table = contract.objects().getFirst();
        var page = new StringBuilder();
        page.append("# ").append(table.name()).append("\n\n");
        page.append("A row is: ").append(lowered(table.description())).append(".\n\n");
        var key = key(table.properties());
        if (!key.isEmpty()) {
            page.append("Key: `").append(String.join("`, `", key)).append("`. ");
        }
        table.properties().stream()
                .filter(Property::partitioned)
                .forEach(property -> page.append("Files are divided by the UTC day of `")
                        .append(property.name())
                        .append("`. "));
        page.append("Version ")
                .append(contract.version())
                .append(" of the contract `contracts/tables/")
                .append(table.name())
                .append(".odcs.yaml`, of which this page is made.\n\n");
        page.append("| id | column | type | null | meaning |\n| --- | --- | --- | --- | --- |\n");
        table.properties().forEach(column -> page.append(row(column)));
        if (!table.quality().isEmpty()) {
            page.append("\n## Checked with every batch\n| rule | kind | severity | allowed | what |\n");
            page.append("| --- | --- | --- | --- | --- |\n");
            table.quality().forEach(rule -> page.append(row(rule)));
        }
        return page.toString();
    }

    private static String row(Property column) {
        var meaning = new ArrayList<String>();
        meaning.add(column.description().replace("<", "&lt;").replace(">", "&gt;"));
        if (!column.allowed().isEmpty()) {
            meaning.add("one of `" + String.join("`, `", column.allowed()) + "`");
        }
        new TreeMap<>(column.options()).forEach((name, value) -> meaning.add(name + " " + value));
        return "| " + column.custom().get("fieldId") + " | `" + column.name() + "` | " + type(column) + " | "
                + (column.required() ? "never" : "may be") + " | " + String.join("; ", meaning) + " |\n";
    }

    private static String row(QualityRule rule) {
        var allowed = new TreeMap<>(rule.plan());
        var words = allowed.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("must"))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return "| `" + rule.name() + "` | " + rule.dimension() + " | " + rule.severity() + " | " + words + " | "
                + rule.description() + " |\n";
    }

    private static String type(Property column) {
        return switch (column.physicalType()) {
            case "list" -> "list&lt;" + column.items().map(TablePage::type).orElse("?") + "&gt;";
            case "struct" ->
                "struct&lt;"
                        + column.properties().stream()
                                .map(field -> field.name() + " " + type(field))
                                .collect(Collectors.joining(", "))
                        + "&gt;";
            default -> column.physicalType();
        };
    }

    private static List<String> key(List<Property> columns) {
        return columns.stream()
                .filter(column -> column.keyPosition() > 0)
                .sorted(Comparator.comparingInt(Property::keyPosition))
                .map(Property::name)
                .toList();
    }

    private static String lowered(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
