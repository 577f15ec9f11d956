package riskcluster.simulation.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.apache.pekko.dispatch.Mailbox;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens, one thing at a time. What can run now waits in no order: chance picks. The clock moves only
 * when nothing can run. A place that stands still (a stopped process) keeps what it has to do until it goes on.
 */
public final class Loop {

    /** A run that takes this many tasks within one instant goes round in circles. */
    private static final int TASKS_PER_INSTANT_MAX = 200_000;

    private static final long MICROS_PER_NANO_SHIFT = 1_000;

    private final ArrayList<Task> ready = new ArrayList<>();
    private final PriorityQueue<Timed> later = new PriorityQueue<>();
    private final Map<String, List<Task>> aside = new HashMap<>();
    private final Set<String> standing = new HashSet<>();
    private final IdentityHashMap<Runnable, String> claimed = new IdentityHashMap<>();
    private final ArrayDeque<Fiber> idle = new ArrayDeque<>();
    private SplittableRandom chance = new SplittableRandom(0);
    private long nowMicros;
    private long sequence;
    private long tasksRun;
    private @Nullable Fiber fiber;
    private @Nullable Task current;

    /** What is to be run: at a place, empty for one that never stands still; on a fiber where it may wait. */
    private record Task(Runnable work, String place, boolean mayWait) {}

    /** What is to be run later. */
    public static final class Timed implements Comparable<Timed> {
        private final long atMicros;
        private final long number;
        private final Runnable work;
        private boolean cancelled;

        private Timed(long atMicros, long number, Runnable work) {
            this.atMicros = atMicros;
            this.number = number;
            this.work = work;
        }

        /** False where it was cancelled before. */
        public boolean cancel() {
            boolean first = !cancelled;
            cancelled = true;
            return first;
        }

        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public int compareTo(Timed other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** Starts anew at time 0 with another order of things; nothing may be left of the run before. */
    public void begin(long seed) {
        if (!ready.isEmpty()) {
            throw new IllegalStateException(ready.size() + " tasks are left of the run before");
        }
        later.clear();
        aside.clear();
        standing.clear();
        claimed.clear();
        chance = new SplittableRandom(seed);
        nowMicros = 0;
        sequence = 0;
        tasksRun = 0;
    }

    public long nowMicros() {
        return nowMicros;
    }

    public long nowNanos() {
        return nowMicros * MICROS_PER_NANO_SHIFT;
    }

    public long tasksRun() {
        return tasksRun;
    }

    /** To be run as soon as chance has it. */
    void execute(Runnable work, boolean mayWait) {
        ready.add(new Task(work, "", mayWait));
    }

    /** To be run at {@code place}, on a fiber. */
    public void executeAt(String place, Runnable work) {
        ready.add(new Task(work, place, true));
    }

    /** To be run by the clock. */
    public Timed after(long micros, Runnable work) {
        var timed = new Timed(nowMicros + Math.max(0, micros), sequence++, work);
        later.add(timed);
        return timed;
    }

    /** Whether the caller may wait. */
    public boolean mayWait() {
        return fiber != null;
    }

    /** Waits while the clock moves on; the others run meanwhile. */
    public void pause(long micros) {
        var waiting = java.util.Objects.requireNonNull(fiber, "only a fiber may wait");
        var task = java.util.Objects.requireNonNull(current, "a fiber runs a task");
        after(micros, () -> ready.add(new Task(waiting, placeOf(task), false)));
        waiting.suspend();
        current = task;
    }

    /** The mailbox that runs now belongs to {@code place}: what is Pekko's own does not tell where it is. */
    public void claim(String place) {
        if (current != null) {
            claimed.put(current.work(), place);
        }
    }

    /** A place stands still from here on. */
    public void stand(String place) {
        standing.add(place);
    }

    /** A place goes on. */
    public void goOn(String place) {
        standing.remove(place);
        var kept = aside.remove(place);
        if (kept != null) {
            ready.addAll(kept);
        }
    }

    /** Runs until {@code done} or until {@code untilMicros}; false where time was up or nothing is left to do. */
    public boolean run(BooleanSupplier done, long untilMicros) {
        int inThisInstant = 0;
        while (!done.getAsBoolean()) {
            if (!ready.isEmpty()) {
                step();
                if (++inThisInstant > TASKS_PER_INSTANT_MAX) {
                    throw new IllegalStateException("the loop goes round in circles at " + nowMicros + " us");
                }
                continue;
            }
            inThisInstant = 0;
            var next = later.peek();
            if (next == null || next.atMicros > untilMicros) {
                nowMicros = Math.max(nowMicros, untilMicros);
                return false;
            }
            nowMicros = next.atMicros;
            while (next != null && next.atMicros == nowMicros) {
                later.remove();
                if (!next.cancelled) {
                    next.work.run();
                }
                next = later.peek();
            }
        }
        return true;
    }

    private void step() {
        int at = ready.size() == 1 ? 0 : chance.nextInt(ready.size());
        var task = ready.get(at);
        var last = ready.removeLast();
        if (at < ready.size()) {
            ready.set(at, last);
        }
        if (!standing.isEmpty()) {
            var place = placeOf(task);
            if (standing.contains(place)) {
                aside.computeIfAbsent(place, absent -> new ArrayList<>()).add(task);
                return;
            }
        }
        tasksRun++;
        perform(task);
    }

    private void perform(Task task) {
        if (task.work() instanceof Fiber waiting) {
            resume(waiting);
        } else if (task.mayWait()) {
            var free = idle.isEmpty() ? new Fiber() : idle.pop();
            current = task;
            free.take(task.work());
            resume(free);
        } else {
            current = task;
            task.work().run();
        }
        current = null;
    }

    private void resume(Fiber waiting) {
        fiber = waiting;
        waiting.resume();
        fiber = null;
        if (waiting.isIdle()) {
            idle.push(waiting);
        }
    }

    private String placeOf(Task task) {
        if (!task.place().isEmpty()) {
            return task.place();
        }
        var place = claimed.get(task.work());
        if (place != null) {
            return place;
        }
        if (task.work() instanceof Mailbox mailbox && mailbox.actor() != null) {
            var path = mailbox.actor().self().path().toStringWithoutAddress();
            int from = path.startsWith("/system/") ? "/system/".length() : 0;
            int end = path.indexOf('/', from);
            return from == 0 ? "" : path.substring(from, end < 0 ? path.length() : end);
        }
        return "";
    }
}
