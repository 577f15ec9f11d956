package riskcluster.node.fault;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import riskcluster.contracts.step.Step;
import riskcluster.node.commit.CommitLoop;

/**
 * What a kill test found.
 *
 * @param records that were produced
 * @param lost records that are in no bronze table
 * @param doubled records that are in bronze more than once
 * @param counts of what was compared, as text
 * @param findings what is wrong, each with its coordinates; none where the test has passed
 */
public record KillReport(
        KillSettings settings,
        List<Death> deaths,
        long records,
        long lost,
        long doubled,
        List<String> counts,
        List<String> findings,
        Duration took) {

    public KillReport {
        deaths = List.copyOf(deaths);
        counts = List.copyOf(counts);
        findings = List.copyOf(findings);
    }

    /** Whether the killed node left what an undisturbed one leaves. */
    public boolean isClean() {
        return findings.isEmpty();
    }

    /** What is kept of it; nobody listens to alerts while nodes are killed here. */
    public FaultTable.Line line() {
        return new FaultTable.Line(
                "test-kill",
                settings.seed(),
                took.toMillis(),
                deaths.size(),
                records,
                lost,
                doubled,
                FaultTable.UNKNOWN,
                FaultTable.UNKNOWN,
                FaultTable.UNKNOWN,
                counts.size(),
                isClean());
    }

    /** How many kills have hit this step: aimed at it, or any scope's latest step at a kill of drawn time. */
    public long hits(Step step) {
        return hitsByAim(step) + drawn(step, true) + drawn(step, false);
    }

    private long drawn(Step step, boolean committer) {
        return deaths.stream()
                .filter(death -> !death.hit())
                .flatMap(death -> death.latest().entrySet().stream())
                .filter(latest -> latest.getKey().equals(CommitLoop.SCOPE) == committer)
                .filter(latest -> latest.getValue() == step)
                .count();
    }

    /** How many kills have hit this step that were aimed at it. */
    public long hitsByAim(Step step) {
        return deaths.stream()
                .filter(death -> death.hit()
                        && death.aim().map(Aim::step).filter(step::equals).isPresent())
                .count();
    }

    /** Tells it. */
    public void print(PrintStream out) {
        out.printf("%nKills by protocol step (the latest step when the process died)%n");
        out.printf(
                "  %-22s %12s %24s %22s%n", "step", "killed at it", "partitions, drawn time", "committer, drawn time");
        for (var step : Step.values()) {
            out.printf("  %-22s %12d %24d %22d%n", step, hitsByAim(step), drawn(step, false), drawn(step, true));
        }
        long hit = deaths.stream().filter(Death::hit).count();
        long missed = deaths.stream()
                .filter(death -> !death.hit() && death.aim().isPresent())
                .count();
        out.printf(
                "%n%d kills: %d at a step, %d at drawn times (%d of them had an aim that was not reached)%n",
                deaths.size(), hit, deaths.size() - hit, missed);
        counts.forEach(count -> out.println("  " + count));
        out.printf(Locale.ROOT, "took %.0f s, seed %d%n", took.toMillis() / 1e3, settings.seed());
        findings.stream().forEach(finding -> out.println("DIFFERENCE " + finding));
        out.println(
                isClean()
                        ? "PASSED: tables, alerts and dead letters are as an undisturbed run leaves them"
                        : "FAILED: " + findings.size() + " findings; everything is kept in " + settings.folder());
    }
}
