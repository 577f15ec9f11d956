package riskcluster.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import riskcluster.node.fault.FaultTable;
import riskcluster.programs.PythonEnvironment;

/** {@code riskcluster test-faults}: breaks a cluster of real processes, and has what it leaves judged. */
@Command(
        name = "test-faults",
        mixinStandardHelpOptions = true,
        description = "Runs three nodes, Kafka, Postgres and an S3 store as processes of their own, breaks them by what"
                + " the seed draws, lets them catch up, and has everything judged.",
        footer = {
            "",
            "Examples:",
            "  riskcluster test-faults --minutes 3",
            "  riskcluster test-faults --minutes 30 --seed 7"
        })
public final class FaultTestCommand implements Callable<Integer> {

    @Option(names = "--minutes", description = "of faults (default: ${DEFAULT-VALUE})", defaultValue = "3")
    private double minutes;

    @Option(names = "--seed", description = "of records and faults (default: ${DEFAULT-VALUE})", defaultValue = "1")
    private long seed;

    @Option(
            names = "--records-per-second",
            description = "that are produced all the while (default: ${DEFAULT-VALUE})",
            defaultValue = "500")
    private int recordsPerSecond;

    @Option(names = "--partitions", description = "of the input (default: ${DEFAULT-VALUE})", defaultValue = "6")
    private int partitions;

    @Option(
            names = "--recovery",
            negatable = true,
            description = "kills all nodes at the end, to see how soon they are back (default: yes)",
            defaultValue = "true",
            fallbackValue = "true")
    private boolean recovery;

    @Option(names = "--data", description = "new folder for what is left (default: one that goes when all is well)")
    private @Nullable Path data;

    @Option(names = "--json", description = "file for the report as JSON (default: report.json in the folder)")
    private @Nullable Path json;

    @Option(names = "--record", description = "adds a line to docs/faults.csv")
    private boolean record;

    /** Exit status 0 where nothing is wrong, 1 where something is. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        var told = data;
        var folder = told == null ? Files.createTempDirectory("riskcluster-faults-") : told;
        Files.createDirectories(folder);
        var time = Duration.ofMillis(Math.round(minutes * 60_000));
        var report =
                FaultRun.run(new FaultSettings(time, seed, recordsPerSecond, partitions, recovery, folder), System.out);
        report.print(System.out);
        var file = json;
        Files.writeString(file == null ? folder.resolve("report.json") : file, report.json());
        Files.writeString(folder.resolve("judge.txt"), report.judged());
        if (record) {
            FaultTable.of(PythonEnvironment.project(Path.of(""))).add(report.line(), LocalDate.now());
        }
        if (told == null && report.isClean()) {
            FileUtils.deleteDirectory(folder.toFile());
        }
        return report.isClean() ? 0 : 1;
    }

    /** Runs the command by itself. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FaultTestCommand()).execute(args));
    }
}
