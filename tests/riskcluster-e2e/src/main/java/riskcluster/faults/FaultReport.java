package riskcluster.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import riskcluster.node.fault.FaultTable;

/**
 * What a run found.
 *
 * @param struck how often each kind of fault was struck, by its name
 * @param skipped kinds that could not be, each with its reason
 * @param lost records that were produced and are in no bronze table
 * @param doubled records that are there more than once
 * @param failoverMillis silence of each partition whose owner was killed, ascending
 * @param calm from the end of the faults until every partition spoke again
 * @param recovery from the death of all nodes on
 * @param catchUp from the last record until everything was decided and committed
 * @param checks that the judge made at the end
 * @param findings what is wrong; none where the run has passed
 * @param judged what the judge said, in full
 */
public record FaultReport(
        FaultSettings settings,
        Map<String, Integer> struck,
        Map<String, String> skipped,
        int records,
        long lost,
        long doubled,
        List<Long> failoverMillis,
        int startedAgain,
        Recovery calm,
        Recovery recovery,
        Duration catchUp,
        int checks,
        List<String> facts,
        List<String> findings,
        String judged) {

    public boolean isClean() {
        return findings.isEmpty();
    }

    /** How many faults in all. */
    public int faults() {
        return struck.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The silence that this share of the partitions did not exceed, milliseconds; -1 where none was measured. */
    public long failover(double share) {
        if (failoverMillis.isEmpty()) {
            return -1;
        }
        int rank = (int) Math.ceil(share * failoverMillis.size());
        return failoverMillis.get(Math.max(0, rank - 1));
    }

    private double minutes() {
        return Math.round(settings.faultTime().toMillis() / 6e3) / 10.0;
    }

    private String result() {
        return isClean() ? "passed" : "failed";
    }

    /** What is kept of it. */
    public FaultTable.Line line() {
        return new FaultTable.Line(
                "test-faults",
                settings.seed(),
                settings.faultTime().toMillis(),
                faults(),
                records,
                lost,
                doubled,
                failover(0.5),
                failover(0.99),
                recovery.firstMillis(),
                checks,
                isClean());
    }

    /** For a person. */
    public void print(PrintStream out) {
        out.printf("%n%-14s %6s   %s%n", "fault", "times", "what");
        for (var kind : FaultKind.values()) {
            var why = skipped.get(kind.name());
            out.printf(
                    "%-14s %6d   %s%s%n",
                    kind, struck.getOrDefault(kind.name(), 0), kind.what(), why == null ? "" : "; skipped: " + why);
        }
        skipped.forEach((kind, why) -> out.printf("skipped: %s (%s)%n", kind, why));
        out.printf(
                "%nseed %d, %s minutes of faults: %d faults, %d records, %d lost, %d doubled%n",
                settings.seed(), minutes(), faults(), records, lost, doubled);
        out.printf(
                "failover after SIGKILL: p50 %d ms, p99 %d ms over %d partitions; nodes started again %d times;"
                        + " caught up in %d ms%n",
                failover(0.5), failover(0.99), failoverMillis.size(), startedAgain, catchUp.toMillis());
        out.println("after the last fault, ms: " + calm.stages());
        out.println("after the death of all nodes, ms: " + recovery.stages());
        facts.forEach(out::println);
        findings.forEach(finding -> out.println("FINDING " + finding));
        out.println(isClean() ? "PASSED" : "FAILED: everything is kept in " + settings.folder());
    }

    /** For a machine. */
    public String json() throws IOException {
        var told = new LinkedHashMap<String, Object>();
        told.put("result", result());
        told.put("seed", settings.seed());
        told.put("minutes", minutes());
        told.put("faults", faults());
        told.put("struck", struck);
        told.put("skipped", skipped);
        told.put("records", records);
        told.put("lost", lost);
        told.put("doubled", doubled);
        told.put("failover_ms", failoverMillis);
        told.put("failover_p50_ms", failover(0.5));
        told.put("failover_p99_ms", failover(0.99));
        told.put("nodes_started_again", startedAgain);
        told.put("calm_ms", calm.stages());
        told.put("recovery_ms", recovery.stages());
        told.put("catch_up_ms", catchUp.toMillis());
        told.put("facts", facts);
        told.put("findings", findings);
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(told);
    }
}
