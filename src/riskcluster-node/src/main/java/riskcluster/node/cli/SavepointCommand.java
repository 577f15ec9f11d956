package riskcluster.node.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import riskcluster.actors.score.Scorer;
import riskcluster.lakehouse.ledger.StoredSavepoint;
import riskcluster.lakehouse.savepoint.Refused;
import riskcluster.lakehouse.savepoint.Savepoints;
import riskcluster.node.explain.Finding;
import riskcluster.node.savepoint.Differences;
import riskcluster.node.savepoint.Restores;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;
import riskcluster.node.view.SavepointDetail;
import riskcluster.node.view.SavepointView;

/** {@code riskcluster savepoint}: points that the lake can go back to. */
@Command(
        name = "savepoint",
        description = "Points of profiles, cursors, policies and tables that the lake can go back to. They are made"
                + " beside running nodes; going back wants them stopped. See docs/savepoints.md.")
final class SavepointCommand {

    private static final String NAME = "A small letter, then small letters, digits, . _ -";
    private static final Duration CREATE_MAX = Duration.ofSeconds(60);
    private static final DateTimeFormatter USUAL_NAME =
            DateTimeFormatter.ofPattern("'at-'uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Screen screen;

    SavepointCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "create",
            description = "Makes a savepoint of the newest batch, in one transaction and while nodes work. Up to 8 at a"
                    + " time: each holds a copy of every profile and keeps the files of its batch.",
            footer = {
                "",
                "Examples:",
                "  riskcluster savepoint create before-rules-7 --config node.conf",
                "  riskcluster savepoint create"
            })
    int create(
            @Mixin LakePlace place,
            @Mixin Output output,
            @Parameters(arity = "0..1", paramLabel = "NAME", description = NAME + ". Default: from the time.") @Nullable
                    String name)
            throws IOException, InterruptedException {
        try (var lake = place.open()) {
            var made = new Savepoints(lake.database())
                    .create(
                            name == null ? USUAL_NAME.format(Instant.now()) : name,
                            Scorer.SEMANTIC_VERSION,
                            CREATE_MAX);
            return switch (made) {
                case Refused refused -> throw failed(refused);
                case Savepoints.Done(var savepoint) -> {
                    print(output, view(savepoint));
                    yield Exit.FINE;
                }
            };
        }
    }

    @Command(
            name = "list",
            description = "Lists the savepoints, the oldest first.",
            footer = {"", "Examples:", "  riskcluster savepoint list --config node.conf"})
    int list(@Mixin LakePlace place, @Mixin Output output) throws IOException {
        try (var lake = place.open()) {
            var views = new Savepoints(lake.database())
                    .all().stream().map(SavepointCommand::view).toList();
            new Printer(screen, output.format()).print(NodeClient.JSON.valueToTree(views), Rows.named("name"));
            return Exit.FINE;
        }
    }

    @Command(
            name = "show",
            description = "Shows a savepoint with its partitions.",
            footer = {"", "Examples:", "  riskcluster savepoint show before-rules-7 --config node.conf"})
    int show(
            @Mixin LakePlace place,
            @Mixin Output output,
            @Parameters(paramLabel = "NAME", description = "Which.") String name)
            throws IOException {
        try (var lake = place.open()) {
            var savepoints = new Savepoints(lake.database());
            var savepoint = savepoints.find(name).orElseThrow(() -> failed(savepoints.unknown(name)));
            var places = savepoints.places(savepoint).stream()
                    .map(each -> new SavepointDetail.Place(each.source().toString(), each.data(), each.profile()))
                    .toList();
            print(
                    output,
                    new SavepointDetail(
                            savepoint.name(),
                            savepoint.createdAt().toString(),
                            savepoint.batch(),
                            savepoint.customers(),
                            savepoint.semantics(),
                            places));
            return Exit.FINE;
        }
    }

    @Command(
            name = "drop",
            description = "Drops a savepoint. Files that only it keeps go with the next expiry. Asks; where nobody can"
                    + " be asked it needs --yes.",
            footer = {"", "Examples:", "  riskcluster savepoint drop before-rules-7 --config node.conf --yes"})
    int drop(
            @Mixin LakePlace place,
            @Parameters(paramLabel = "NAME", description = "Which.") String name,
            @Mixin Yes yes)
            throws IOException {
        try (var lake = place.open()) {
            var savepoints = new Savepoints(lake.database());
            if (savepoints.find(name).isEmpty()) {
                throw failed(savepoints.unknown(name));
            }
            if (!yes.to("Drop savepoint " + name + "?", screen, "nothing is dropped")) {
                return Exit.FINE;
            }
            savepoints.drop(name);
            screen.out().println("savepoint " + name + " is dropped");
            return Exit.FINE;
        }
    }

    @Command(
            name = "restore",
            description = {
                "Takes the lake back to a savepoint: every table, profile, cursor and policy, in one transaction."
                        + " Records after it are read again from Kafka and decided again when nodes start; what"
                        + " Kafka no longer has is found before anything is changed. No alert is sent twice:"
                        + " 'savepoint differences' lists those that no longer hold.",
                "Stop all nodes first. Shows what it does, and asks; where nobody can be asked it needs --yes."
            },
            footer = {
                "",
                "Examples:",
                "  riskcluster savepoint restore before-rules-7 --config node.conf --dry-run",
                "  riskcluster savepoint restore before-rules-7 --config node.conf --yes"
            })
    int restore(
            @Mixin LakePlace place,
            @Mixin Output output,
            @Parameters(paramLabel = "NAME", description = "Which.") String name,
            @Option(names = "--dry-run", description = "Show whether it can be done and what, and change nothing.")
                    boolean dryRun,
            @Mixin Yes yes)
            throws IOException {
        try (var lake = place.open()) {
            var restores = new Restores(lake, place.production());
            if (dryRun || !yes.given) {
                print(output, shown(restores.look(name)));
            }
            if (dryRun) {
                return Exit.FINE;
            }
            if (!yes.to("Take the whole lake back to savepoint " + name + "?", screen, "nothing is changed")) {
                return Exit.FINE;
            }
            print(output, shown(restores.restore(name)));
            return Exit.FINE;
        }
    }

    @Command(
            name = "differences",
            description =
                    "Lists alerts that were sent before the last restore and are otherwise by the decisions since, and"
                        + " decisions that would have been alerts and were none. Complete when nodes have caught up."
                        + " Status 1 if there is any.",
            footer = {"", "Examples:", "  riskcluster savepoint differences --config node.conf -o jsonl"})
    int differences(@Mixin LakePlace place, @Mixin Output output) throws IOException {
        var config = place.production()
                .orElseThrow(() -> new CommandFailed(
                        Exit.USAGE, "give --config FILE: the alerts that were sent are read from its brokers"));
        try (var lake = place.open()) {
            var view = new Differences(lake, config)
                    .sinceLast()
                    .orElseThrow(() -> new CommandFailed(Exit.UNWELL, "nothing was ever restored here"));
            new Printer(screen, output.format())
                    .print(NodeClient.JSON.valueToTree(view), Rows.in("differences", "source"));
            return view.found() == 0 ? Exit.FINE : Exit.UNWELL;
        }
    }

    private void print(Output output, Object view) {
        new Printer(screen, output.format()).print(NodeClient.JSON.valueToTree(view));
    }

    private static Object shown(Restores.Answer answer) {
        return switch (answer) {
            case Restores.Answer.Shown(var view) -> view;
            case Restores.Answer.Not(var refused) -> throw failed(refused);
        };
    }

    private static SavepointView view(StoredSavepoint savepoint) {
        return new SavepointView(
                savepoint.name(),
                savepoint.createdAt().toString(),
                savepoint.batch(),
                savepoint.customers(),
                savepoint.semantics());
    }

    private static CommandFailed failed(Refused refused) {
        var finding = switch (refused.why()) {
            case NAME -> Finding.SAVEPOINT_NAME;
            case NOT_NOW -> Finding.SAVEPOINT_NOT_NOW;
            case UNUSABLE -> Finding.SAVEPOINT_UNUSABLE;
            case NOT_ALONE -> Finding.SAVEPOINT_NOT_ALONE;
        };
        return new CommandFailed(Exit.UNWELL, finding.code() + ": " + refused.what() + "; nothing was changed");
    }
}
