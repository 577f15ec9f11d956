package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import riskcluster.node.contract.Compatibility;
import riskcluster.node.contract.ContractChange;
import riskcluster.node.contract.ContractFile;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;
import riskcluster.node.terminal.TextTable;

/** {@code riskcluster contract}: the data contracts of topics and tables. */
@Command(name = "contract", description = "Data contracts of topics and tables (Open Data Contract Standard 3).")
final class ContractCommand {

    private final Screen screen;

    ContractCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "check",
            description = {
                "Compares two versions of a contract, for the CI of those who own the topic. Names every change: a"
                        + " required field removed or added, a type narrowed, allowed values taken away, a limit"
                        + " tightened, a key changed.",
                "Status 0 if who relies on OLD may rely on NEW, 1 if not, 2 if a file is no contract; then with file,"
                        + " line and reason."
            },
            footer = {
                "",
                "Examples:",
                "  riskcluster contract check main/transactions.odcs.yaml transactions.odcs.yaml",
                "  riskcluster contract check -o json old.odcs.yaml new.odcs.yaml"
            })
    int check(
            @Parameters(paramLabel = "OLD", description = "The contract as it is in force.") Path before,
            @Parameters(paramLabel = "NEW", description = "The contract as it shall be.") Path after,
            @Mixin Output output) {
        var changes = Compatibility.between(ContractFile.read(before), ContractFile.read(after));
        boolean compatible = changes.stream().allMatch(ContractChange::compatible);
        if (output.format().isTable()) {
            print(compatible, changes);
        } else {
            new Printer(screen, output.format()).print(json(compatible, changes), Rows.in("changes", "where"));
        }
        return compatible ? Exit.FINE : Exit.UNWELL;
    }

    private void print(boolean compatible, List<ContractChange> changes) {
        if (!changes.isEmpty()) {
            var table = new TextTable(List.of("compatible", "where", "what", "place"));
            changes.forEach(change -> table.row(List.of(
                    change.compatible() ? "yes" : "NO",
                    change.where(),
                    change.what(),
                    change.file() + ":" + change.line())));
            table.lines().forEach(screen.out()::println);
            screen.out().println();
        }
        screen.out()
                .println(
                        changes.isEmpty()
                                ? "the contracts say the same"
                                : compatible ? "the new contract is compatible" : "the new contract is NOT compatible");
    }

    private static JsonNode json(boolean compatible, List<ContractChange> changes) {
        var answer = NodeClient.JSON.createObjectNode().put("compatible", compatible);
        var list = answer.putArray("changes");
        changes.forEach(change -> list.addObject()
                .put("compatible", change.compatible())
                .put("where", change.where())
                .put("what", change.what())
                .put("file", change.file())
                .put("line", change.line()));
        return answer;
    }
}
