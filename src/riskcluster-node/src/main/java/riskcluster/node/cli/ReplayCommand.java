package riskcluster.node.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import riskcluster.node.replay.ReplayRun;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;
import riskcluster.node.view.ReplayView;
import riskcluster.node.view.Views;

/** Decides again what is in the lake and compares. */
@Command(
        name = "replay",
        description = "Reads bronze, decides every record again with the policies of its time, and compares with silver"
                + " row by row. Status 1 if anything differs. Works beside a running node, or on a folder whose node"
                + " is stopped; changes nothing, but with --correct: then the cluster's maintenance publishes the"
                + " range as it is decided now in one batch. Alerts that were sent stay as they are.",
        footer = {
            "",
            "FROM and TO are batch:N (from its first, up to its last record), a time (the first record that",
            "Kafka took at it or later), or offsets PARTITION:OFFSET,... (then only these partitions). FROM",
            "is included, TO is not.",
            "",
            "Examples:",
            "  riskcluster replay",
            "  riskcluster replay --data .riskcluster/demo --from batch:3 --to batch:7",
            "  riskcluster replay --config node.conf --from 2026-01-06T10:00:00Z --to 2026-01-06T11:00:00Z",
            "  riskcluster replay --from 3:1000,4:0 --to 3:2000,4:500 -o json",
            "  riskcluster replay --correct --rules stricter.json --from 3:1000 --to 3:2000 --dry-run",
            "  riskcluster replay --corrections"
        })
final class ReplayCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private LakePlace place = new LakePlace();

    @Option(names = "--from", paramLabel = "FROM", description = "Where it begins. Default: the beginning.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TO", description = "Where it ends. Default: the newest batch.")
    private @Nullable String to;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many work at the same time. Default: one for each core.")
    private @Nullable Integer threads;

    @Mixin
    private Correcting correcting = new Correcting();

    @Mixin
    private Output output = new Output();

    ReplayCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        var run =
                ReplayRun.of(Optional.ofNullable(from), Optional.ofNullable(to), Optional.ofNullable(threads), screen);
        boolean corrects = correcting.isAsked(screen);
        try (var lake = place.open()) {
            if (corrects) {
                return correcting.run(lake, run, screen, output.format());
            }
            ReplayView view = output.format().isTable() ? run.shown(lake) : run.quiet(lake);
            new Printer(screen, output.format()).print(NodeClient.JSON.readTree(Views.json(view)));
            return view.equal() ? Exit.FINE : Exit.UNWELL;
        }
    }
}
