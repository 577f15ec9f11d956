package riskcluster.node.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Locale;

/** The table of all recorded runs, {@code docs/faults.csv}: one line each, so that faults and records add up over time. */
public final class FaultTable {

    private static final Path PLACE = Path.of("docs/faults.csv");
    private static final String COLUMNS = "date,command,seed,minutes,faults,records,lost,doubled,failover_p50_ms,"
            + "failover_p99_ms,recovery_ms,checks,result,note";
    private static final double MILLIS_PER_MINUTE = 60_000.0;

    /** What was not measured. */
    public static final long UNKNOWN = -1;

    private final Path file;

    private FaultTable(Path file) {
        this.file = file;
    }

    /** The table of the project in this folder. */
    public static FaultTable of(Path project) {
        return new FaultTable(project.resolve(PLACE));
    }

    /**
     * One run.
     *
     * @param millis how long it was disturbed
     * @param failoverP50Millis silence of the partitions of a killed node, {@link #UNKNOWN} where nobody listened
     * @param recoveryMillis from the death of all nodes to the first alert, {@link #UNKNOWN} where there was none
     * @param checks that were made at the end
     */
    public record Line(
            String command,
            long seed,
            long millis,
            long faults,
            long records,
            long lost,
            long doubled,
            long failoverP50Millis,
            long failoverP99Millis,
            long recoveryMillis,
            long checks,
            boolean isClean) {

        /** Its text; the note is for people, who write it by hand. */
        public String text(LocalDate date) {
            return String.format(
                    Locale.ROOT,
                    "%s,%s,%d,%.1f,%d,%d,%d,%d,%s,%s,%s,%d,%s,",
                    date,
                    command,
                    seed,
                    millis / MILLIS_PER_MINUTE,
                    faults,
                    records,
                    lost,
                    doubled,
                    told(failoverP50Millis),
                    told(failoverP99Millis),
                    told(recoveryMillis),
                    checks,
                    isClean ? "passed" : "failed");
        }

        private static String told(long millis) {
            return millis == UNKNOWN ? "" : Long.toString(millis);
        }
    }

    /** Adds a line at the end. */
    public void add(Line line, LocalDate date) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, COLUMNS + "\n");
        }
        Files.writeString(file, line.text(date) + "\n", StandardOpenOption.APPEND);
    }
}
