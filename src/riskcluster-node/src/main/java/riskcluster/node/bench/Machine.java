package riskcluster.node.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What this process and its Postgres take from the machine. */
final class Machine {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double KIB_PER_MIB = 1_024;
    private static final double BYTES_PER_MIB = 1_048_576;
    private static final int COLLECTIONS = 3;

    /** Linux tells a hundred ticks a second to whoever asks; proc(5), {@code /proc/pid/stat}, fields 14 and 15. */
    private static final double MICROS_PER_TICK = 1e4;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private Machine() {}

    /** CPU that this process has used, in microseconds. */
    static double cpuMicros() {
        return system().getProcessCpuTime() / NANOS_PER_MICRO;
    }

    /**
     * CPU that those threads of this process have used whose names begin so, in microseconds; NaN where the system does
     * not tell. Java's own beans leave the collector's and the compilers' threads out.
     */
    static double cpuMicros(String... names) throws IOException {
        var threads = Path.of("/proc/self/task");
        if (!Files.exists(threads)) {
            return Double.NaN;
        }
        long ticks = 0;
        try (var all = Files.list(threads)) {
            for (var thread : all.toList()) {
                ticks += ticks(thread, names);
            }
        }
        return ticks * MICROS_PER_TICK;
    }

    /** A name stands in brackets and may hold any character, so fields are counted from behind the last bracket. */
    private static long ticks(Path thread, String... names) throws IOException {
        String line;
        try {
            line = Files.readString(thread.resolve("stat"));
        } catch (NoSuchFileException ended) { // between the list and here
            return 0;
        }
        var name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
        if (Stream.of(names).noneMatch(name::startsWith)) {
            return 0;
        }
        var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    }

    /** CPU that the Postgres whose data lie in this folder has used, in microseconds: server and open connections. */
    static double databaseCpuMicros(Path folder) throws IOException {
        var pid = Files.readAllLines(folder.resolve("postgres/data/postmaster.pid"))
                .getFirst()
                .strip();
        var server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        var used = server.info().totalCpuDuration().orElse(Duration.ZERO);
        for (var child : server.descendants().toList()) {
            used = used.plus(child.info().totalCpuDuration().orElse(Duration.ZERO));
        }
        return used.toNanos() / NANOS_PER_MICRO;
    }

    /** The most memory that this process ever had, in MiB; NaN where the system does not tell. */
    static double peakMib() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    /**
     * Heap in use at the end of full collections, in bytes. On a busy machine others ask for tens of megabytes until this
     * thread goes on: those are not in it.
     */
    static long liveBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }

    /** The same in MiB. */
    static double liveMib() {
        return liveBytes() / BYTES_PER_MIB;
    }

    /** Processes that ran or waited to run, over the last minute. */
    static double load() {
        return system().getSystemLoadAverage();
    }

    /** What any figure depends on. */
    static void print(PrintStream out) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        out.printf(
                Locale.ROOT,
                "%d cores, load %.2f before, %.0f GiB of memory; %s %s; %s%n",
                Runtime.getRuntime().availableProcessors(),
                load(),
                system().getTotalMemorySize() / BYTES_PER_MIB / KIB_PER_MIB,
                runtime.getVmName(),
                Runtime.version(),
                String.join(" ", runtime.getInputArguments()));
    }

    /** The same for a file: without the folders of this machine, which are nobody's business. */
    static Map<String, Object> facts() {
        var runtime = ManagementFactory.getRuntimeMXBean();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("processor", processor());
        facts.put("memory_gib", Math.round(system().getTotalMemorySize() / BYTES_PER_MIB / KIB_PER_MIB));
        facts.put("load_before", load());
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("java", runtime.getVmName() + " " + Runtime.version());
        facts.put(
                "flags",
                runtime.getInputArguments().stream()
                        .filter(flag -> flag.startsWith("-X"))
                        .toList());
        return facts;
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) { // only Linux has it
            return "unknown";
        }
    }

    private static OperatingSystemMXBean system() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
}
