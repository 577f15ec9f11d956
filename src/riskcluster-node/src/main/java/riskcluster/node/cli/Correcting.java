package riskcluster.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import riskcluster.node.replay.CorrectionRun;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.replay.ReplayRun;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OutputFormat;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;
import riskcluster.node.view.CorrectionView;
import riskcluster.node.view.Views;

/** The options with which a replay corrects what it finds. */
final class Correcting {

    @Option(
            names = "--correct",
            description = "Write the range as it is decided now in the place of its rows of silver, with features and"
                    + " windows of gold, in one batch. Without --rules or --policy by the policies of the time.")
    private boolean correct;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "With --correct: by the rules of this file, or by bundled ones: default, card-terminals.")
    private @Nullable String rules;

    @Option(
            names = "--policy",
            paramLabel = "VERSION",
            description = "With --correct: by a policy that the lake knows, by the beginning of its version.")
    private @Nullable String policy;

    @Option(
            names = "--alerts",
            paramLabel = "FILE",
            description = "With --correct: write all decisions whose alert, sent or not, is not what it would be now.")
    private @Nullable Path alerts;

    @Option(names = "--dry-run", description = "With --correct: show what would change, and change nothing.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "With --correct: do not ask.")
    private boolean yes;

    @Option(names = "--corrections", description = "Show the corrections that were asked for, and how far they are.")
    private boolean list;

    /** Whether it is more than a comparison. Who must be asked has to be there now, and not when all is decided. */
    boolean isAsked(Screen screen) {
        if (!correct && (rules != null || policy != null || alerts != null || dryRun || yes)) {
            throw new IllegalArgumentException("--rules, --policy, --alerts, --dry-run and --yes go with --correct");
        }
        if (correct && !list && !dryRun && !yes) {
            Consent.demandSomebody(screen);
        }
        return correct || list;
    }

    int run(OpenLake lake, ReplayRun replay, Screen screen, OutputFormat format) throws IOException {
        var printer = new Printer(screen, format);
        if (list) {
            printer.print(NodeClient.JSON.readTree(Views.json(CorrectionRun.corrections(lake))), Rows.named("number"));
            return Exit.FINE;
        }
        var decided =
                replay.corrected(lake, new CorrectionRun.By(Optional.ofNullable(rules), Optional.ofNullable(policy)));
        var file = alerts;
        if (file != null) {
            decided.writeAlerts(file);
        }
        boolean nothing = !decided.isAny() && !CorrectionRun.isWaiting(lake);
        if (nothing || dryRun) {
            print(printer, decided.view(nothing ? "nothing to correct" : "dry run"));
            return Exit.FINE;
        }
        if (!yes) {
            print(printer, decided.view("not asked for yet"));
            if (!Consent.asked(screen, "Publish this in the place of what stands?")) {
                screen.out().println("nothing is corrected");
                return Exit.FINE;
            }
        }
        long number = decided.request();
        print(printer, decided.view("waiting for maintenance"));
        if (format.isTable()) {
            screen.out().println();
            screen.out()
                    .println("correction " + number
                            + " waits for maintenance; 'riskcluster maintenance run' publishes it");
            screen.out().println("at once where a node runs, 'riskcluster replay --corrections' tells how far it is");
        }
        return Exit.FINE;
    }

    private static void print(Printer printer, CorrectionView view) throws IOException {
        printer.print(NodeClient.JSON.readTree(Views.json(view)));
    }
}
