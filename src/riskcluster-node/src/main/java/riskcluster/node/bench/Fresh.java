package riskcluster.node.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of this package in a JVM of its own, with the flags of this one, so that no run warms another. */
final class Fresh {

    private Fresh() {}

    static Figures run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = process.inputReader(StandardCharsets.UTF_8)) {
            var figures = Figures.heard(said.lines().peek(System.out::println));
            if (process.waitFor() != 0) {
                throw new IllegalStateException(program.getSimpleName() + " ended with status " + process.exitValue());
            }
            return figures;
        } finally {
            process.destroyForcibly();
        }
    }
}
