package riskcluster.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import riskcluster.simulation.fault.Fault;
import riskcluster.simulation.fault.Plant;

/** Runs of many seeds, and what they add up to. */
final class Seeds {

    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final Map<Enum<?>, Integer> reached = new LinkedHashMap<>();
    private final Map<Enum<?>, Integer> died = new LinkedHashMap<>();
    private final List<Run> broken = new ArrayList<>();
    private int faultsMin = Integer.MAX_VALUE;

    /** Runs the seeds from {@code from} to before {@code to}. */
    static Seeds run(long from, long to) {
        return onOneCarrier(() -> {
            var seeds = new Seeds();
            for (long seed = from; seed < to; seed++) {
                seeds.add(Simulation.run(seed));
            }
            return seeds;
        });
    }

    /** Blocked calls of a run are virtual threads: from one of their kind they are handed the turn without a switch. */
    static <T> T onOneCarrier(Supplier<T> work) {
        var done = new Done<T>();
        var thread = Thread.ofVirtual().unstarted(() -> done.answer = work.get());
        thread.setUncaughtExceptionHandler((failed, failure) -> done.failure = failure);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var answer = done.answer;
        if (answer == null) {
            throw new IllegalStateException("the simulation itself failed", done.failure);
        }
        return answer;
    }

    private static final class Done<T> {
        private volatile @Nullable T answer;
        private volatile @Nullable Throwable failure;
    }

    private void add(Run run) {
        run.faults().forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
        run.reached().forEach((step, times) -> reached.merge(step, times, Integer::sum));
        run.died().forEach((step, times) -> died.merge(step, times, Integer::sum));
        faultsMin = Math.min(faultsMin, run.faultsMet());
        if (run.violation().isPresent()) {
            broken.add(run);
        }
    }

    int of(Fault fault) {
        return faults.getOrDefault(fault, 0);
    }

    int deathsAt(Enum<?> step) {
        return died.getOrDefault(step, 0);
    }

    /** Faults of the calmest seed. */
    int faultsMin() {
        return faultsMin;
    }

    /** What broke, with the steps of the first and the command that shows them again. */
    String report() {
        if (broken.isEmpty()) {
            return "";
        }
        var text = new StringBuilder();
        broken.forEach(run -> text.append(Replay.said(run)).append(System.lineSeparator()));
        var first = broken.getFirst().seed();
        return text.append(Replay.command(first, Plant.NONE))
                .append(System.lineSeparator())
                .append(String.join(System.lineSeparator(), Replay.steps(first, Plant.NONE)))
                .toString();
    }

    @Override
    public String toString() {
        return "faults " + faults + ", deaths at steps " + died + ", steps reached " + reached;
    }
}
