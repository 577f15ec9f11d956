package riskcluster.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import riskcluster.node.bench.Figures;
import riskcluster.node.bench.Report;

/** {@code riskcluster bench kernels}: what single steps take, in nanoseconds and in bytes allocated. */
@Command(
        name = "bench kernels",
        mixinStandardHelpOptions = true,
        description = {
            "Measures single steps by JMH, each in a JVM of its own with the flags of a node:",
            "decode, window, score, forest, row, profile, hop."
        },
        footer = {"", "Examples:", "  riskcluster bench kernels", "  riskcluster bench kernels score --json score.json"
        })
public final class KernelsCommand implements Callable<Integer> {

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String KERNEL = "Kernel";

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            description = "a part of a name, as decode or row.bronze (default: all)",
            defaultValue = "")
    private String pattern = "";

    @Option(
            names = "--forks",
            description = "JVMs, one after the other (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private int forks;

    @Option(
            names = "--iterations",
            description = "of a second each, after as many to warm up (default: ${DEFAULT-VALUE})",
            defaultValue = "5")
    private int iterations;

    @Option(
            names = "--json",
            description = "also write the figures into this file, with their units, settings, machine and commit")
    private @Nullable Path json;

    /** Exit status 0 where something was measured, 1 where no name has the pattern. */
    @Override
    public Integer call() throws IOException {
        var report = new Report(typed(), settings());
        Collection<RunResult> results;
        try {
            results = new Runner(options()).run();
        } catch (RunnerException e) {
            System.err.println("nothing was measured: " + e.getMessage());
            return 1;
        }
        figures(results).forEach(report::add);
        if (json != null) {
            report.write(json);
        }
        return 0;
    }

    private Options options() {
        // JMH looks in riskcluster.benchmarks.kernel.ScoreKernel.rules, people say score.rules.
        var wanted = "(?i)" + Pattern.quote(pattern.replace(".", KERNEL + ".")) + "[^.]*(\\.[^.]*)?$";
        return new OptionsBuilder()
                .include(wanted)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(forks)
                .warmupIterations(iterations)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .shouldFailOnError(true)
                .build();
    }

    /** By kernel: time with its error at 99.9 %, CPU, and bytes of each of its benchmarks. */
    private static Map<String, Figures> figures(Collection<RunResult> results) {
        var figures = new LinkedHashMap<String, Figures>();
        for (var result : results) {
            var words = result.getParams().getBenchmark().split("\\.");
            var kernel = words[words.length - 2].replace(KERNEL, "").toLowerCase(Locale.ROOT);
            var name = words[words.length - 1];
            figures.computeIfAbsent(kernel, absent -> new Figures())
                    .put(name + "_ns", result.getPrimaryResult().getScore())
                    .put(name + "_error_ns", result.getPrimaryResult().getScoreError())
                    .put(name + "_cpu_ns", secondary(result, CpuProfiler.LABEL))
                    .put(name + "_bytes", secondary(result, ALLOCATED));
        }
        return figures;
    }

    private static double secondary(RunResult result, String label) {
        return Objects.requireNonNull(result.getSecondaryResults().get(label), label)
                .getScore();
    }

    private String typed() {
        var words = pattern.isEmpty() ? "" : " " + pattern;
        return "bench kernels" + words + " --forks " + forks + " --iterations " + iterations;
    }

    private Map<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("pattern", pattern);
        settings.put("forks", forks);
        settings.put("iterations", iterations);
        return settings;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new KernelsCommand()).execute(args));
    }
}
