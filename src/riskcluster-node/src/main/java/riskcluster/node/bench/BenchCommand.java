package riskcluster.node.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code riskcluster bench}: measures throughput, latency, freshness and memory on this machine. */
@Command(
        name = "bench",
        description = {
            "Measures on this machine, with Kafka in the same process and Postgres beside it.",
            "drain: the input is filled first, then timed until all is committed; Kafka has a process of its own here"
                    + " and in steady, so that its CPU is told apart.",
            "steady: a fixed rate from a sender that does not wait; latency of alerts, freshness of tables. Who sends"
                    + " and who reads is in Kafka's process.",
            "memory: live heap of a customer with 20 transactions.",
            "restart: seconds from the start of a node whose customers are at rest to its first decisions.",
            "compaction: megabytes of files merged in a second of CPU.",
            "day: simulated hours of batches every ten seconds with maintenance, and what the tables are like then.",
            "kpi: daily figures of 30 days over ten million rows of silver, by DuckDB.",
            "hot: alerts of all others while one customer sends 90 %% of the records, in turns with calm.",
            "kernels: nanoseconds and bytes of single steps (those whose name a pattern fits), by JMH, which a source"
                    + " tree brings: ./riskcluster bench kernels [PATTERN] [--json=<json>]."
        },
        footer = {
            "",
            "Examples:",
            "  riskcluster bench",
            "  riskcluster bench drain --json bench.json",
            "  riskcluster bench drain --nodes 3 --partitions 12",
            "  riskcluster bench restart --customers 1000000",
            "  riskcluster bench kernels score"
        })
public final class BenchCommand implements Callable<Integer> {

    private static final double HOT_SHARE = 0.9;

    /** Of 6,000,000 records the smaller one has 2,000,000, as in the comparison with others. */
    private static final int SMALLER_DRAIN = 3;

    enum What {
        drain,
        steady,
        memory,
        restart,
        compaction,
        day,
        kpi,
        hot,
        kernels
    }

    private static final int COMPACTED_ROWS = 600_000;
    private static final int DAY_ROWS_PER_BATCH = 120;
    private static final int KPI_ROWS = 10_000_000;

    @Parameters(
            arity = "0..1",
            paramLabel = "WHAT",
            description = "drain, steady, memory, restart, compaction, day, kpi, hot or kernels (default: drain, then"
                    + " steady)")
    private @Nullable What what;

    @Option(names = "--partitions", description = "of the input (default: ${DEFAULT-VALUE})", defaultValue = "4")
    private int partitions;

    @Option(
            names = "--records",
            description = "of the larger drain (default: ${DEFAULT-VALUE})",
            defaultValue = "2000000")
    private int records;

    @Option(
            names = "--rate",
            description = "steady records a second (default: ${DEFAULT-VALUE})",
            defaultValue = "5000")
    private int rate;

    @Option(names = "--seconds", description = "of the steady rate (default: ${DEFAULT-VALUE})", defaultValue = "60")
    private int seconds;

    @Option(
            names = "--warm-up",
            description = "seconds of the steady rate before those, while Java compiles what is hot (default:"
                    + " ${DEFAULT-VALUE})",
            defaultValue = "120")
    private int warmUp;

    @Option(names = "--seed", description = "of the records (default: ${DEFAULT-VALUE})", defaultValue = "1")
    private long seed;

    @Option(
            names = "--hours",
            description = "simulated, up to 24, of the day (default: ${DEFAULT-VALUE})",
            defaultValue = "24")
    private int hours;

    @Option(
            names = "--customers",
            description = "of drain, steady, memory and restart (default: ${DEFAULT-VALUE})",
            defaultValue = "100000")
    private int customers;

    @Option(names = "--nodes", description = "of the drain (default: ${DEFAULT-VALUE})", defaultValue = "1")
    private int nodes;

    @Option(
            names = "--then",
            paramLabel = "COMMAND",
            description =
                    "of the shell, run on the larger drain's tables before its servers stop; it finds them by KAFKA,"
                            + " POSTGRES, KEY_FILE, CLUSTER, ALERTS and DLQ in its environment",
            defaultValue = "")
    private String then = "";

    @Option(names = "--compacting", description = "with steady: files are merged all the time, not when many are due")
    private boolean compacting;

    @Option(names = "--gold", description = "make the tables of gold too, to see what they cost")
    private boolean gold;

    @Option(names = "--star", description = "with --gold: make the star schema too")
    private boolean star;

    @Option(
            names = "--rules",
            description = "of drain, steady and restart: a name or a file, which may name a model (default:"
                    + " ${DEFAULT-VALUE})",
            defaultValue = Setting.RULES)
    private String rules = Setting.RULES;

    @Option(
            names = "--json",
            description = "also write the figures into this file, with their units, settings, machine and commit")
    private @Nullable Path json;

    private @Nullable Report report;

    /** Exit status 0 where every figure that was measured reaches its minimum, 1 where one does not. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        if (what == What.kernels) {
            System.err.println("kernels are measured from a source tree: ./riskcluster bench kernels [PATTERN]");
            return 2;
        }
        System.out.println(typed());
        Machine.print(System.out);
        report = new Report(typed(), settings());
        boolean met = true;
        if (what == null || what == What.drain) {
            met &= drain();
        }
        if (what == null || what == What.steady) {
            met &= steady();
        }
        if (what == What.memory) {
            met &= memory();
        }
        if (what == What.restart) {
            restart();
        }
        if (what == What.compaction) {
            met &= compaction();
        }
        if (what == What.day) {
            met &= day();
        }
        if (what == What.kpi) {
            met &= kpi();
        }
        if (what == What.hot) {
            met &= hot();
        }
        if (json != null) {
            report.write(json);
        }
        return met ? 0 : 1;
    }

    private String typed() {
        var words = new StringBuilder("bench").append(what == null ? "" : " " + what);
        settings().forEach((name, value) -> {
            if (!(value instanceof Boolean is)) {
                words.append(" --").append(name).append(' ').append(value);
            } else if (is) {
                words.append(" --").append(name);
            }
        });
        return words.toString();
    }

    private Map<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("partitions", partitions);
        settings.put("records", records);
        settings.put("rate", rate);
        settings.put("seconds", seconds);
        settings.put("warm-up", warmUp);
        settings.put("seed", seed);
        settings.put("customers", customers);
        settings.put("nodes", nodes);
        settings.put("compacting", compacting);
        settings.put("hours", hours);
        settings.put("gold", made().name().toLowerCase(Locale.ROOT));
        settings.put("rules", rules.contains("/") ? rules.substring(rules.lastIndexOf('/') + 1) : rules);
        return settings;
    }

    private Gold made() {
        if (star && !gold) {
            throw new IllegalArgumentException("the star is part of gold: give --gold --star");
        }
        return star ? Gold.STAR : gold ? Gold.WINDOWS : Gold.NONE;
    }

    private boolean drain() throws IOException, InterruptedException {
        var small = drain(records / SMALLER_DRAIN, "");
        var large = drain(records, then);
        double more = large.value("records") - small.value("records");
        var difference =
                new Figures().put("records_per_second", more / (large.value("seconds") - small.value("seconds")));
        large.all().keySet().stream()
                .filter(figure -> figure.endsWith("_us_per_record"))
                .forEach(figure -> difference.put(figure, perRecord(figure, small, large)));
        print("drain, the difference of the two (start-up drops out)", difference);
        return verdict("records a second, start-up included", large.value("records_per_second"), 50_000, true);
    }

    private Figures drain(int number, String command) throws IOException, InterruptedException {
        var figures = Fresh.run(
                nodes == 1 ? DrainRun.class : NodesRun.class,
                Integer.toString(number),
                Integer.toString(partitions),
                Long.toString(seed),
                made().name(),
                rules,
                Integer.toString(customers),
                command,
                Integer.toString(nodes));
        print("drain of " + number + " records", figures);
        return figures;
    }

    private static double perRecord(String figure, Figures small, Figures large) {
        double used = large.value(figure) * large.value("records") - small.value(figure) * small.value("records");
        return used / (large.value("records") - small.value("records"));
    }

    private boolean steady() throws IOException, InterruptedException {
        var figures = Fresh.run(
                SteadyRun.class,
                Integer.toString(rate),
                Integer.toString(seconds),
                Integer.toString(partitions),
                Long.toString(seed),
                made().name(),
                rules,
                Integer.toString(customers),
                Boolean.toString(compacting),
                Integer.toString(warmUp));
        print("steady " + rate + " records a second", figures);
        boolean met = verdict("alert p99 read exactly, ms", figures.value("alert_exact_p99_ms"), 100, false);
        met &= verdict("alert p99 read fast, ms", figures.value("alert_fast_p99_ms"), 30, false);
        return met & verdict("freshness p99, ms", figures.value("freshness_p99_ms"), 10_000, false);
    }

    private boolean memory() throws IOException, InterruptedException {
        var figures = Fresh.run(MemoryRun.class, Integer.toString(customers), "20", Integer.toString(partitions));
        print("memory", figures);
        return verdict("bytes of a customer", figures.value("bytes_per_customer"), 1_536, false);
    }

    private void restart() throws IOException, InterruptedException {
        var figures = Fresh.run(RestartRun.class, Integer.toString(customers), Integer.toString(partitions), rules);
        print("restart with " + customers + " customers", figures);
    }

    private boolean compaction() throws IOException, InterruptedException {
        var figures = Fresh.run(CompactionRun.class, Integer.toString(COMPACTED_ROWS), Long.toString(seed));
        print("compaction", figures);
        boolean met = true;
        for (var table : List.of("silver", "bronze")) {
            for (var how : List.of("recoded", "copied", "sorted")) {
                var name = table + "_" + how + "_mb_per_second_of_cpu";
                met &= verdict(table + " " + how + ", MB a second of CPU", figures.value(name), 33, true);
            }
        }
        return met;
    }

    private boolean day() throws IOException, InterruptedException {
        var figures = Fresh.run(
                DayRun.class,
                Integer.toString(hours),
                Integer.toString(DAY_ROWS_PER_BATCH),
                Integer.toString(partitions),
                Long.toString(seed));
        print("day of " + hours + " hours", figures);
        boolean met = true;
        for (var table : List.of("silver_transactions", "bronze_transactions")) {
            met &= verdict(table + " % of bytes in large files", figures.value(table + "_large_percent"), 95, true);
            met &= verdict(table + " manifests", figures.value(table + "_manifests"), 100, false);
            met &= verdict(table + " metadata, KB", figures.value(table + "_metadata_kb"), 300, false);
            met &= verdict(table + " scan planned in, ms", figures.value(table + "_plan_ms"), 200, false);
        }
        return met;
    }

    private boolean kpi() throws IOException, InterruptedException {
        var figures = Fresh.run(KpiRun.class, Integer.toString(KPI_ROWS), Long.toString(seed));
        print("kpi", figures);
        return verdict("30-day KPI over all rows, ms", figures.value("kpi_worst_ms"), 2_000, false);
    }

    private boolean hot() throws IOException, InterruptedException {
        var figures = Fresh.run(
                HotRun.class,
                Integer.toString(rate),
                Integer.toString(seconds),
                Integer.toString(partitions),
                Long.toString(seed),
                Double.toString(HOT_SHARE));
        print(
                "in turns even and with one customer's share of " + HOT_SHARE + ", " + rate + " records a second",
                figures);
        var ratios = IntStream.rangeClosed(1, HotRun.PAIRS)
                .mapToDouble(pair -> figures.value(HotRun.ratio(pair)))
                .sorted()
                .toArray();
        return verdict(
                "the others' alert p99, times the calm one, median of pairs", ratios[HotRun.PAIRS / 2], 2, false);
    }

    private void print(String title, Figures figures) {
        Objects.requireNonNull(report).add(title, figures);
    }

    private static boolean verdict(String what, double value, double limit, boolean atLeast) {
        boolean met = atLeast ? value >= limit : value <= limit;
        System.out.printf(
                Locale.ROOT,
                "  %s: %s %,.1f, %s %,.0f%n",
                met ? "met" : "MISSED",
                what,
                value,
                atLeast ? "at least" : "at most",
                limit);
        return met;
    }

    /** Runs the command by itself. */
    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new BenchCommand()).execute(args));
    }
}
