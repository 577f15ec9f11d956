package riskcluster.actors.customer;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A partition's turn to tell its customers: those who are told something meanwhile run on the partition's own thread, a
 * few at a time, while what was just written for them is still in that core's cache. Handing each to a pool of threads
 * costs more than most of them have to do.
 *
 * <p>Customers of several partitions still run side by side. Who is running elsewhere already goes on there.
 */
public final class Turn implements AutoCloseable {

    /** So many are told before they run. */
    private static final int TOLD_MAX = 64;

    private static final ThreadLocal<@Nullable Turn> CURRENT = new ThreadLocal<>();

    private final ArrayDeque<Runnable> told = new ArrayDeque<>(TOLD_MAX);
    private @Nullable Executor others;

    private Turn() {}

    /** The turn of this thread, which must be closed by it, and must not have one already. */
    public static Turn begin() {
        if (CURRENT.get() != null) {
            throw new IllegalStateException("a turn within a turn");
        }
        var turn = new Turn();
        CURRENT.set(turn);
        return turn;
    }

    /** Takes work of a dispatcher of customers if this thread has a turn; {@code others} gets it where that fails. */
    static boolean takes(Runnable work, Executor others) {
        var turn = CURRENT.get();
        if (turn == null) {
            return false;
        }
        turn.others = others;
        turn.told.add(work);
        return true;
    }

    /** To be called after each is told: runs them when they are many. */
    public void told() {
        if (told.size() >= TOLD_MAX) {
            run();
        }
    }

    /** What a customer causes at customers while he runs, runs too. */
    private void run() {
        for (var next = told.poll(); next != null; next = told.poll()) {
            next.run();
        }
    }

    /** Runs the rest. After a failure, which is none of a customer's but of the program, nobody is left out. */
    @Override
    public void close() {
        try {
            run();
        } finally {
            CURRENT.remove();
            told.forEach(left -> Objects.requireNonNull(others).execute(left));
        }
    }
}
