package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import riskcluster.node.doctor.Diagnosis;
import riskcluster.node.doctor.Surroundings;
import riskcluster.node.doctor.Symptoms;
import riskcluster.node.explain.Finding;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;
import riskcluster.node.terminal.TextTable;

/** {@code riskcluster doctor}: what is wrong, why, and what to do. Changes nothing. */
@Command(
        name = "doctor",
        description = {
            "Looks at a cluster through the node that is asked, by both of its interfaces; with --config at what a"
                + " configuration names instead: Kafka and its topics, Postgres, the warehouse, rules, contracts and"
                + " secrets. Names each fault with its cause and what to do. Changes nothing.",
            "Status 0 if nothing is wrong, 1 if something is, 3 if the node answers by neither interface."
        },
        footer = {
            "",
            "Examples:",
            "  riskcluster doctor",
            "  riskcluster doctor --context prod -o json",
            "  riskcluster doctor --config /etc/riskcluster/node.conf"
        })
final class DoctorCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private Connection connection = new Connection();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Look at what this configuration names instead of at a node.")
    private @Nullable Path config;

    DoctorCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws InterruptedException {
        var file = config;
        if (file != null) {
            return show(Surroundings.of(file, System.getenv()));
        }
        var diagnoses = node();
        var silent = diagnoses.stream()
                .flatMap(diagnosis -> diagnosis.wrong().stream())
                .filter(wrong -> wrong.finding() == Finding.NODE_SILENT || wrong.finding() == Finding.OPERATOR_SILENT)
                .count();
        var status = show(diagnoses);
        return silent == 2 ? Exit.UNREACHABLE : status;
    }

    private List<Diagnosis> node() {
        var diagnoses = new ArrayList<Diagnosis>();
        var byHttp = Optional.<JsonNode>empty();
        var byOperator = Optional.<JsonNode>empty();
        try {
            var node = connection.open();
            byHttp = Optional.of(node.get("/v1/cluster"));
            diagnoses.add(Diagnosis.fine("HTTP interface"));
            diagnoses.add(Symptoms.ready(node.json("/health/ready")));
            diagnoses.add(Symptoms.figures(node.text("/metrics")));
        } catch (CommandFailed failed) {
            diagnoses.add(silent("HTTP interface", Finding.NODE_SILENT, failed));
        }
        try {
            var questions = connection.operator();
            byOperator = Optional.of(questions.apply(List.of("cluster", "show")));
            diagnoses.add(Diagnosis.fine("operators' interface"));
            diagnoses.add(Symptoms.health(questions.apply(List.of("cluster", "health"))));
        } catch (CommandFailed failed) {
            diagnoses.add(silent("operators' interface", Finding.OPERATOR_SILENT, failed));
        }
        (byOperator.isPresent() ? byOperator : byHttp).map(Symptoms::versions).ifPresent(diagnoses::add);
        if (byHttp.isPresent() && byOperator.isPresent()) {
            diagnoses.add(Symptoms.sameCluster(byHttp.get(), byOperator.get()));
        }
        return diagnoses;
    }

    /** Why nothing can be learnt of the node in this way. */
    private static Diagnosis silent(String check, Finding finding, CommandFailed failed) {
        var message = String.valueOf(failed.getMessage());
        var numbered = Arrays.stream(Finding.values())
                .filter(each -> message.contains(each.code() + ":"))
                .findFirst();
        return Diagnosis.of(check, numbered.orElseGet(() -> byStatus(failed, finding, message)), message);
    }

    private static Finding byStatus(CommandFailed failed, Finding silent, String message) {
        return switch (failed.status()) {
            case Exit.UNREACHABLE -> silent;
            case Exit.TIMEOUT -> Finding.ANSWER_LATE;
            case Exit.USAGE ->
                message.contains("cannot be read") ? Finding.CONTEXTS_UNREADABLE : Finding.CONTEXT_UNKNOWN;
            default -> Finding.NOT_READY;
        };
    }

    private int show(List<Diagnosis> diagnoses) {
        var wrong = diagnoses.stream().anyMatch(diagnosis -> !diagnosis.isFine());
        if (connection.output().isTable()) {
            table(diagnoses);
        } else {
            new Printer(screen, connection.output()).print(json(diagnoses, wrong), Rows.in("faults", "code"));
        }
        return wrong ? Exit.UNWELL : Exit.FINE;
    }

    private void table(List<Diagnosis> diagnoses) {
        var table = new TextTable(List.of());
        diagnoses.forEach(diagnosis -> table.row(List.of(diagnosis.isFine() ? "fine" : "WRONG", diagnosis.check())));
        table.lines().forEach(screen.out()::println);
        for (var diagnosis : diagnoses) {
            for (var wrong : diagnosis.wrong()) {
                screen.out().println();
                line(wrong.finding().code(), wrong.finding().meaning());
                line("  seen", wrong.where());
                line("  do", wrong.finding().remedy());
            }
        }
    }

    private void line(String what, String text) {
        screen.out().println("%-7s  %s".formatted(what, TextTable.harmless(text)));
    }

    private static JsonNode json(List<Diagnosis> diagnoses, boolean wrong) {
        var answer = NodeClient.JSON.createObjectNode().put("status", wrong ? "unwell" : "well");
        var checks = answer.putArray("checks");
        diagnoses.forEach(
                diagnosis -> checks.addObject().put("check", diagnosis.check()).put("fine", diagnosis.isFine()));
        var faults = answer.putArray("faults");
        diagnoses.forEach(diagnosis -> diagnosis
                .wrong()
                .forEach(each -> faults.addObject()
                        .put("code", each.finding().code())
                        .put("check", diagnosis.check())
                        .put("cause", each.finding().meaning())
                        .put("where", each.where())
                        .put("remedy", each.finding().remedy())));
        return answer;
    }
}
