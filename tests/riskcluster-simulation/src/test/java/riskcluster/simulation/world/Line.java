package riskcluster.simulation.world;

import java.util.function.Supplier;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.step.Steps;
import riskcluster.lakehouse.maintain.MaintainSteps;
import riskcluster.simulation.fault.Call;
import riskcluster.simulation.fault.Fate;
import riskcluster.simulation.fault.Fault;
import riskcluster.simulation.fault.Killed;
import riskcluster.simulation.fault.Unanswered;
import riskcluster.simulation.loop.Loop;

/** A process' line to the world: on it calls take time, fail, get no answer, land late or twice; and it is cut by death. */
public final class Line implements Steps {

    private final Loop loop;
    private final Fate fate;
    private final Book book;
    private final String process;
    private final Runnable death;
    private boolean cut;

    /** @param death what is to be done when the process dies within a call */
    public Line(Loop loop, Fate fate, Book book, String process, Runnable death) {
        this.loop = loop;
        this.fate = fate;
        this.book = book;
        this.process = process;
        this.death = death;
    }

    /** How an effect comes about. */
    enum Way {
        USUAL,
        /** Nobody waits for it any more. */
        LATE,
        /** A second time, at once. */
        AGAIN,
        /** It is decided now, and others see it later. */
        SEEN_LATE
    }

    /** What a call does to the world. */
    @FunctionalInterface
    interface Effect<T> {
        T happen(Way way);
    }

    /** The process is dead: nothing comes through any more. */
    public void cut() {
        cut = true;
    }

    public boolean isCut() {
        return cut;
    }

    Loop loop() {
        return loop;
    }

    Fate fate() {
        return fate;
    }

    /** The name of the process. */
    public String process() {
        return process;
    }

    /** Refuses to do anything for the dead. */
    void live() {
        if (cut) {
            throw new Killed(process);
        }
    }

    /** A call whose effect, where it is not met by a fault, happens once on the way there. */
    <T> T call(Call call, Supplier<String> what, Supplier<T> effect) {
        return call(call, what, (Way way) -> effect.get());
    }

    /** A call whose effect may know that nobody waits for it. */
    <T> T call(Call call, Supplier<String> what, Effect<T> effect) {
        live();
        travel(call);
        live();
        var met = fate.of(call);
        book.note(() -> process + "  " + call + " " + what.get()
                + met.map(fault -> "  <- " + fault).orElse(""));
        if (met.isEmpty() || met.get() == Fault.ALERTS_SEEN_LATE) {
            var answer = effect.happen(met.isEmpty() ? Way.USUAL : Way.SEEN_LATE);
            back(call);
            return answer;
        }
        return cutShort(met.get(), call, what, effect);
    }

    private <T> T cutShort(Fault fault, Call call, Supplier<String> what, Effect<T> effect) {
        switch (fault) {
            case ANSWER_LOST -> effect.happen(Way.USUAL);
            case LANDED_LATE -> land(call, what, effect);
            case DOUBLED -> {
                var answer = effect.happen(Way.USUAL);
                repeat(effect, Way.AGAIN);
                back(call);
                return answer;
            }
            case KILLED_IN_CALL -> {
                if (fate.below(2) == 0) {
                    effect.happen(Way.USUAL);
                }
                die();
            }
            default -> back(call);
        }
        throw new Unanswered(call + " of " + process + ": " + fault);
    }

    /** Happens when nobody waits for it; what it is told then nobody hears. */
    private <T> void land(Call call, Supplier<String> what, Effect<T> effect) {
        loop.after(fate.micros(1, 1_500), () -> {
            book.note(() -> process + "  " + call + " " + what.get() + " lands late");
            repeat(effect, Way.LATE);
        });
    }

    private static <T> void repeat(Effect<T> effect, Way way) {
        try {
            effect.happen(way);
        } catch (Refusal heardByNobody) {
            return; // the first answer counts, if there is anybody to hear it
        }
    }

    private void back(Call call) {
        travel(call);
        live();
    }

    private void travel(Call call) {
        if (loop.mayWait()) {
            loop.pause(fate.wayMicros(call));
        }
    }

    private void die() {
        death.run();
        throw new Killed(process);
    }

    @Override
    public void reached(String scope, Step step) {
        reached(scope, (Enum<?>) step);
    }

    /** Maintenance has come so far. */
    void maintained(MaintainSteps.Step step) {
        reached("maintenance", step);
    }

    private void reached(String scope, Enum<?> step) {
        live();
        book.note(() -> process + "  " + scope + " " + step);
        if (fate.isDeadly(step)) {
            book.note(() -> process + "  dies at " + step);
            die();
        }
    }
}
