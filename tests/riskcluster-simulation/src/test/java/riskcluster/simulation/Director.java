package riskcluster.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.commit.Rewrite;
import riskcluster.node.commit.CommitLoop;
import riskcluster.simulation.fault.Fate;
import riskcluster.simulation.fault.Fault;
import riskcluster.simulation.fault.Plant;
import riskcluster.simulation.loop.Loop;
import riskcluster.simulation.world.Book;
import riskcluster.simulation.world.Line;
import riskcluster.simulation.world.World;

/**
 * Who runs what, and what befalls whole processes. It does what a cluster does, and does it badly: it starts a second
 * owner while the first lives, and takes a process that stands still for dead.
 */
final class Director {

    private static final int EVENTS_MIN = 5;
    private static final int EVENTS_MORE = 3;
    private static final int LIVING_MAX = 3;
    private static final int EVENTS_FROM_MILLIS = 100;
    private static final int EVENTS_TO_MILLIS = 5_000;
    private static final int TABLES = 4;

    private final Loop loop;
    private final Fate fate;
    private final Book book;
    private final World world;
    private final List<LogPartition> sources;
    private final Function<Line, Process> starts;
    private final List<Process> processes = new ArrayList<>();
    private final Map<LogPartition, Process> owners = new HashMap<>();
    private final Runnable changePolicy;
    private @Nullable Process committer;
    private @Nullable Process maintainer;
    private boolean ended;

    Director(
            Loop loop,
            Fate fate,
            Book book,
            World world,
            List<LogPartition> sources,
            Function<Line, Process> starts,
            Runnable changePolicy) {
        this.loop = loop;
        this.fate = fate;
        this.book = book;
        this.world = world;
        this.sources = sources;
        this.starts = starts;
        this.changePolicy = changePolicy;
    }

    /** Two processes with everything divided between them, and what will befall them. */
    void begin(boolean disturbed) {
        var first = start();
        var second = start();
        for (int i = 0; i < sources.size(); i++) {
            own(i % 2 == 0 ? first : second, sources.get(i));
        }
        commitAt(first);
        maintainAt(first);
        int events = disturbed ? EVENTS_MIN + fate.below(EVENTS_MORE + 1) : 0;
        for (int i = 0; i < events; i++) {
            loop.after(fate.micros(EVENTS_FROM_MILLIS, EVENTS_TO_MILLIS), this::event);
        }
    }

    private Process start() {
        var name = "p" + (processes.size() + 1);
        book.note(() -> name + "  starts");
        int number = processes.size();
        var process = starts.apply(new Line(loop, fate, book, name, () -> died(processes.get(number))));
        processes.add(process);
        return process;
    }

    private void own(Process process, LogPartition source) {
        book.note(() -> process.name() + "  owns " + source);
        owners.put(source, process);
        process.own(source);
    }

    private void commitAt(Process process) {
        book.note(() -> process.name() + "  is the committer");
        committer = process;
        process.commit();
    }

    private void maintainAt(Process process) {
        book.note(() -> process.name() + "  maintains the tables");
        maintainer = process;
        process.maintain();
    }

    /** A rewrite goes to the committer as it is known now; the future fails where nobody answers. */
    CompletableFuture<CommitLoop.Applied> rewrite(Rewrite rewrite) {
        var known = committer;
        return known == null
                ? CompletableFuture.failedFuture(new IllegalStateException("there is no committer"))
                : known.rewrite(rewrite);
    }

    private List<Process> living() {
        return processes.stream().filter(Process::isAlive).toList();
    }

    /** Another living process than this one, or a new one. */
    private Process other(@Nullable Process than) {
        var others = living().stream().filter(each -> each != than).toList();
        if (others.isEmpty() || others.size() < LIVING_MAX && fate.below(2) == 0) {
            return start();
        }
        return others.get(fate.below(others.size()));
    }

    private void event() {
        if (fate.isCalm()) {
            return;
        }
        if (fate.planted(Plant.EPOCH_NOT_SEEN_AGAIN)) {
            rivals();
            return;
        }
        switch (fate.below(11)) {
            case 0, 1 -> kill();
            case 2, 3 -> stop();
            case 4, 5 -> secondOwner();
            case 6 -> secondCommitter();
            case 7 -> forget();
            case 8 -> changePolicy();
            case 9 -> secondMaintainer();
            default -> movePointer();
        }
    }

    private void kill() {
        var alive = living();
        if (alive.isEmpty()) {
            forget();
            return;
        }
        fate.meet(Fault.KILLED);
        died(alive.get(fate.below(alive.size())));
    }

    /** A process is dead from this moment on; what it had is started elsewhere after a while. */
    void died(Process process) {
        if (process.isAlive()) {
            book.note(() -> process.name() + "  is dead");
            process.die();
            loop.after(fate.micros(50, 800), () -> moveFrom(process));
        }
    }

    private void moveFrom(Process process) {
        if (ended) {
            return; // whoever started now would live on into the next run
        }
        for (var source : sources) {
            if (owners.get(source) == process) {
                own(other(process), source);
            }
        }
        if (committer == process) {
            commitAt(other(process));
        }
        if (maintainer == process) {
            maintainAt(other(process));
        }
    }

    private void stop() {
        var alive = living();
        if (alive.isEmpty()) {
            forget();
            return;
        }
        fate.meet(Fault.STOPPED_AND_WOKEN);
        var process = alive.get(fate.below(alive.size()));
        book.note(() -> process.name() + "  stands still");
        loop.stand(process.name());
        boolean missed = fate.below(4) > 0;
        var had =
                sources.stream().filter(source -> owners.get(source) == process).toList();
        boolean committed = committer == process;
        boolean maintained = maintainer == process;
        if (missed) {
            loop.after(fate.micros(100, 600), () -> moveFrom(process));
        }
        loop.after(fate.micros(200, 2_500), () -> {
            book.note(() -> process.name() + "  goes on");
            loop.goOn(process.name());
            if (missed) {
                loop.after(fate.micros(1, 1_000), () -> giveUp(process, had, committed, maintained));
            }
        });
    }

    /** A zombie hears that others have its places. */
    private void giveUp(Process process, List<LogPartition> had, boolean committed, boolean maintained) {
        for (var source : had) {
            if (owners.get(source) != process) {
                process.disown(source);
            }
        }
        if (committed && committer != process) {
            process.commitNoMore();
        }
        if (maintained && maintainer != process) {
            process.maintainNoMore();
        }
    }

    private void secondOwner() {
        fate.meet(Fault.SECOND_OWNER);
        var source = sources.get(fate.below(sources.size()));
        var first = owners.get(source);
        own(other(first), source);
        if (first != null) {
            loop.after(fate.micros(50, 2_000), () -> giveUp(first, List.of(source), false, false));
        }
    }

    /** Two new owners at once that want different policies: what a starter overtaken by another needs to do harm. */
    private void rivals() {
        fate.meet(Fault.SECOND_OWNER);
        fate.meet(Fault.POLICY_CHANGED);
        var source = sources.get(fate.below(sources.size()));
        var before = owners.get(source);
        own(start(), source);
        changePolicy.run();
        own(start(), source);
        if (before != null) {
            giveUp(before, List.of(source), false, false);
        }
    }

    private void secondCommitter() {
        fate.meet(Fault.SECOND_COMMITTER);
        var first = committer;
        commitAt(other(first));
        if (first != null) {
            loop.after(fate.micros(50, 2_000), () -> giveUp(first, List.of(), true, false));
        }
    }

    private void secondMaintainer() {
        fate.meet(Fault.SECOND_MAINTAINER);
        var first = maintainer;
        maintainAt(other(first));
        if (first != null) {
            loop.after(fate.micros(50, 2_000), () -> giveUp(first, List.of(), false, true));
        }
    }

    private void forget() {
        fate.meet(Fault.ALERT_CURSOR_FORGOTTEN);
        var source = sources.get(fate.below(sources.size()));
        book.note(() -> "Kafka forgets the alert cursor of " + source);
        world.forgetAlertCursor(source);
    }

    private void changePolicy() {
        fate.meet(Fault.POLICY_CHANGED);
        book.note(() -> "the operator wants another policy");
        changePolicy.run();
        kill();
    }

    private void movePointer() {
        fate.meet(Fault.POINTER_MOVED);
        int table = fate.below(TABLES);
        book.note(() -> "another engine moves the pointer of table " + table);
        world.movePointer(table);
    }

    /** Nothing goes wrong any more: each place has one living owner, and nobody stands still. */
    void settle() {
        for (var process : living()) {
            loop.goOn(process.name());
        }
        for (var source : sources) {
            var owner = owners.get(source);
            if (owner == null || !owner.isAlive()) {
                own(other(owner), source);
            }
            for (var process : living()) {
                if (process != owners.get(source)) {
                    process.disown(source);
                }
            }
        }
        if (committer == null || !committer.isAlive()) {
            commitAt(other(committer));
        }
        if (maintainer == null || !maintainer.isAlive()) {
            maintainAt(other(maintainer));
        }
        for (var process : living()) {
            if (process != committer) {
                process.commitNoMore();
            }
            if (process != maintainer) {
                process.maintainNoMore();
            }
        }
    }

    /** The end of all processes. */
    void end() {
        ended = true;
        living().forEach(Process::die);
    }
}
