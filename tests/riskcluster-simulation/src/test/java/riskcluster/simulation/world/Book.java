package riskcluster.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import riskcluster.simulation.fault.Invariant;
import riskcluster.simulation.fault.Violation;
import riskcluster.simulation.loop.Loop;

/** What is written down of a run: the first broken invariant, and, where wanted, every step that led to it. */
public final class Book {

    private static final double MICROS_PER_SECOND = 1e6;

    private final Loop loop;
    private final boolean traced;
    private final List<String> trace = new ArrayList<>();
    private @Nullable Violation violation;

    /** @param traced whether steps are written down; it costs time and memory */
    public Book(Loop loop, boolean traced) {
        this.loop = loop;
        this.traced = traced;
    }

    /** Notes a step. */
    public void note(Supplier<String> step) {
        if (traced) {
            trace.add(String.format("%9.6f  %s", loop.nowMicros() / MICROS_PER_SECOND, step.get()));
        }
    }

    /** Checks an invariant; the first that does not hold ends the run. */
    void must(Invariant invariant, boolean holds, Supplier<String> how) {
        if (!holds && violation == null) {
            broken(invariant, how.get());
        }
    }

    /** Notes that an invariant does not hold. */
    public void broken(Invariant invariant, String how) {
        if (violation == null) {
            violation = new Violation(invariant, how);
            note(() -> "BROKEN " + invariant + ": " + how);
        }
    }

    /** The first invariant that did not hold. */
    public Optional<Violation> violation() {
        return Optional.ofNullable(violation);
    }

    /** Every step, in its order. */
    public List<String> trace() {
        return trace;
    }
}
