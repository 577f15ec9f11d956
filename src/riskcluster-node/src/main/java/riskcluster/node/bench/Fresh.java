package riskcluster.node.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import riskcluster.node.embedded.EmbeddedDatabase;

/**
 * Runs a program of this package in a JVM of its own, with the flags of this one, so that no run warms another. However it
 * ends, and also where this JVM is told to end meanwhile, neither the program nor what it has written stays behind.
 */
final class Fresh {

    private static final String FOLDER = "riskcluster.bench.folder";
    private static final int STOP_MAX_SECONDS = 10;

    private Fresh() {}

    static Figures run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        var folder = folder();
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-D" + FOLDER + "=" + folder, "-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var told = Thread.ofPlatform().unstarted(() -> end(process, folder));
        Runtime.getRuntime().addShutdownHook(told);
        try (var said = process.inputReader(StandardCharsets.UTF_8)) {
            var figures = Figures.heard(said.lines().peek(System.out::println));
            if (process.waitFor() != 0) {
                throw new IllegalStateException(program.getSimpleName() + " ended with status " + process.exitValue());
            }
            return figures;
        } finally {
            end(process, folder);
            forget(told);
        }
    }

    /** A new folder for what this JVM writes, in that of the run that it was started for. */
    static Path folder() throws IOException {
        var of = System.getProperty(FOLDER);
        var prefix = "riskcluster-bench-";
        return of == null ? Files.createTempDirectory(prefix) : Files.createTempDirectory(Path.of(of), prefix);
    }

    /**
     * What it has started goes on where it does not end in order, and writes into the folder: that is stopped first. Where
     * this JVM is told to end, two come here, one after the other.
     */
    private static synchronized void end(Process process, Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        var started = process.descendants().toList();
        end(process.toHandle());
        started.forEach(Fresh::end);
        try {
            EmbeddedDatabase.stopLeft(folder);
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            System.err.println("riskcluster: something is left of a bench in " + folder + ": " + e);
        }
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_MAX_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
        process.onExit().join();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this JVM ends already, and the hook runs
        }
    }
}
