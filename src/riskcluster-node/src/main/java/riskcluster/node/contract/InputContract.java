package riskcluster.node.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.Tables;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.contracts.transaction.ExtraField.Kind;
import riskcluster.node.contract.Contract.Property;

/**
 * The contract of the input as a cluster has it: that of the program, which decode enforces to the letter, and optional
 * fields that its owners have added. Anything else is refused before a record is read.
 */
public final class InputContract {

    private static final String TOPIC = "transactions";

    /** What an added field cannot be called. */
    private static final Set<String> TAKEN = Stream.of(Tables.BRONZE_TRANSACTIONS, Tables.SILVER_TRANSACTIONS)
            .flatMap(table -> table.columns().stream())
            .map(Column::name)
            .collect(Collectors.toUnmodifiableSet());

    private InputContract() {}

    /**
     * The fields that were added, by their names.
     *
     * @throws ContractRefused with every difference that the program cannot enforce
     */
    public static Map<String, Kind> extraFields(Contracts contracts) {
        return extraFields(Contracts.bundled().topic(TOPIC), contracts.topic(TOPIC));
    }

    static Map<String, Kind> extraFields(Contract program, Contract cluster) {
        var own = names(program);
        var refused = Compatibility.between(program, cluster).stream()
                .filter(change -> !isExtraField(change, own, cluster))
                .map(ContractChange::toString)
                .toList();
        if (!refused.isEmpty()) {
            throw new ContractRefused(
                    cluster.file(),
                    0,
                    "the program cannot work by this contract: " + String.join("; ", refused)
                            + "; allowed: optional fields beside those of version "
                            + program.version());
        }
        var extras = new LinkedHashMap<String, Kind>();
        for (Property property : cluster.object(TOPIC).orElseThrow().properties()) {
            if (!own.contains(property.name())) {
                extras.put(property.name(), kind(cluster, property));
            }
        }
        return extras;
    }

    /** Whether the change is no more than a field that the program does not know. */
    private static boolean isExtraField(ContractChange change, Set<String> own, Contract cluster) {
        return change.compatible()
                && cluster.object(TOPIC).stream()
                        .flatMap(object -> object.properties().stream())
                        .anyMatch(property ->
                                !own.contains(property.name()) && change.where().equals(TOPIC + "." + property.name()));
    }

    private static Kind kind(Contract contract, Property property) {
        if (!ExtraField.NAME.matcher(property.name()).matches()) {
            throw refused(contract, property, "has a name that no column can have, allowed: " + ExtraField.NAME);
        }
        if (TAKEN.contains(property.name())) {
            throw refused(contract, property, "has the name of another column of bronze or silver");
        }
        if (!property.options().isEmpty() || !property.allowed().isEmpty() || property.unique()) {
            throw refused(contract, property, "has limits, which are not enforced for added fields; allowed: its type");
        }
        return switch (property.logicalType()) {
            case "string" -> Kind.STRING;
            case "integer" -> Kind.INTEGER;
            case "number" -> Kind.NUMBER;
            case "boolean" -> Kind.BOOLEAN;
            default ->
                throw refused(
                        contract,
                        property,
                        "is of type " + property.logicalType() + ", allowed: string, integer, number, boolean");
        };
    }

    private static ContractRefused refused(Contract contract, Property property, String reason) {
        return new ContractRefused(
                contract.file(), property.line(), "the added field '" + property.name() + "' " + reason);
    }

    private static Set<String> names(Contract contract) {
        return contract.object(TOPIC).orElseThrow().properties().stream()
                .map(Property::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
