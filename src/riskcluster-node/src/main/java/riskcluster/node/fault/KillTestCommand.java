package riskcluster.node.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code riskcluster test-kill N}: kills a node N times while records flow and compares what is left. */
@Command(
        name = "test-kill",
        description = "Kills a node N times while records flow, lets it catch up, and compares every table, alert and"
                + " dead letter with an undisturbed run over the same log.",
        footer = {"", "Examples:", "  riskcluster test-kill 5", "  riskcluster test-kill 50 --seed 7"})
public final class KillTestCommand implements Callable<Integer> {

    @Parameters(paramLabel = "N", description = "how often the node is killed")
    private int kills;

    @Option(
            names = "--seed",
            description = "of records, times and aims (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--records-per-second",
            description = "that are produced all the while (default: ${DEFAULT-VALUE})",
            defaultValue = "1500")
    private int recordsPerSecond;

    @Option(names = "--partitions", description = "of the input (default: ${DEFAULT-VALUE})", defaultValue = "4")
    private int partitions;

    @Option(names = "--data", description = "new folder for what is left (default: one that goes when all is well)")
    private @Nullable Path data;

    @Option(names = "--no-gold", description = "the node makes no gold, so that it keeps up with many records")
    private boolean withoutGold;

    @Option(names = "--record", description = "adds a line to docs/faults.csv")
    private boolean record;

    /** Exit status 0 where nothing differs, 1 where something does. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        var told = data;
        var folder = told == null ? Files.createTempDirectory("riskcluster-kill-") : told;
        var report = KillTest.run(
                new KillSettings(kills, seed, recordsPerSecond, partitions, folder, !withoutGold), System.out);
        report.print(System.out);
        if (record) {
            FaultTable.of(Path.of(System.getProperty("riskcluster.home", ""))).add(report.line(), LocalDate.now());
        }
        if (told == null && report.isClean()) {
            FileUtils.deleteDirectory(folder.toFile());
        }
        return report.isClean() ? 0 : 1;
    }

    /** Runs the command by itself. */
    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new KillTestCommand()).execute(args));
    }
}
