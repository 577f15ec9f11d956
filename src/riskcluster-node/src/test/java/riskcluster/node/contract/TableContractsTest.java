package riskcluster.node.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.ColumnType;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;

/**
 * Holds the tables and their contracts together, both ways, and the pages to the contracts; {@code -Dgolden=write} begins
 * a contract where a table has none, and writes the pages anew.
 */
class TableContractsTest {

    private static final Path ROOT = Path.of(System.getProperty("riskcluster.root"));
    private static final boolean WRITES = "write".equals(System.getProperty("golden"));

    static List<TableDefinition> tables() {
        return Tables.ALL;
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aTableIsWhatItsContractSays(TableDefinition table) throws IOException {
        var file = ROOT.resolve("contracts/tables/" + table.qualifiedName() + ".odcs.yaml");
        if (WRITES && !Files.exists(file)) {
            Files.writeString(file, TableYaml.of(table));
        }

        var contract = ContractFile.read(file);

        assertThat(contract.id()).isEqualTo("riskcluster." + table.qualifiedName());
        assertThat(contract.objects()).hasSize(1);
        var object = contract.objects().getFirst();
        assertThat(object.name()).isEqualTo(table.qualifiedName());
        assertThat(object.description()).isEqualTo(table.comment());
        assertThat(object.properties().stream()
                        .map(property -> said(property, table))
                        .toList())
                .isEqualTo(table.columns().stream()
                        .map(column -> said(column, table))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aPageIsMadeOfItsContract(TableDefinition table) throws IOException {
        var page = ROOT.resolve("docs/tables/" + table.qualifiedName() + ".md");
        var made = TablePage.of(Contracts.in(ROOT.resolve("contracts")).table(table));
        if (WRITES) {
            Files.writeString(page, made);
        }
        assertThat(Files.readString(page))
                .as("written anew with -Dgolden=write")
                .isEqualTo(made);
    }

    @Test
    void noContractAndNoPageIsLeftOfATableThatIsGone() throws IOException {
        assertThat(names("contracts/tables", ".odcs.yaml"))
                .isSubsetOf(
                        Tables.ALL.stream().map(TableDefinition::qualifiedName).toList());
        assertThat(names("docs/tables", ".md"))
                .isSubsetOf(
                        Tables.ALL.stream().map(TableDefinition::qualifiedName).toList());
    }

    private static List<String> names(String folder, String ending) throws IOException {
        try (var files = Files.list(ROOT.resolve(folder))) {
            return files.map(file -> file.getFileName().toString().replace(ending, ""))
                    .toList();
        }
    }

    private static List<Object> said(Contract.Property property, TableDefinition table) {
        var said = new ArrayList<Object>(List.of(
                property.name(),
                property.logicalType(),
                property.physicalType(),
                property.required(),
                property.description(),
                property.custom().getOrDefault("fieldId", "none").toString(),
                property.partitioned()));
        property.items().ifPresent(items -> said.add(said(items, table)));
        property.properties().forEach(field -> said.add(said(field, table)));
        return said;
    }

    private static List<Object> said(Column column, TableDefinition table) {
        var said = new ArrayList<Object>(List.of(
                column.name(),
                TableYaml.logical(column.type()),
                TableYaml.physical(column.type()),
                column.required(),
                column.comment(),
                Integer.toString(column.id()),
                table.partitionedByDayOf().equals(Optional.of(column.name()))));
        inside(column.type(), table, said);
        return said;
    }

    private static void inside(ColumnType type, TableDefinition table, List<Object> said) {
        switch (type) {
            case ColumnType.Scalar scalar -> {}
            case ColumnType.ListOf list -> {
                var items = new ArrayList<Object>(List.of(
                        "",
                        TableYaml.logical(list.element()),
                        TableYaml.physical(list.element()),
                        false,
                        "",
                        Integer.toString(list.elementId()),
                        false));
                inside(list.element(), table, items);
                said.add(items);
            }
            case ColumnType.Struct struct -> struct.fields().forEach(field -> said.add(said(field, table)));
        }
    }
}
