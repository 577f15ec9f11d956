package riskcluster.simulation.loop;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A call that may wait in the middle: a thread that runs only while the loop stands still, and the other way round. Not
 * to be run by itself; the loop resumes it.
 */
final class Fiber implements Runnable {

    private final Thread thread = Thread.ofVirtual().name("fiber").unstarted(this::live);
    private volatile boolean mine;
    private volatile @Nullable Thread loop;
    private volatile @Nullable Runnable work;

    /** The next thing to run. */
    void take(Runnable next) {
        work = next;
    }

    boolean isIdle() {
        return work == null;
    }

    /** Called by the loop: runs the work until it ends or waits. */
    void resume() {
        loop = Thread.currentThread();
        mine = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        while (mine) {
            LockSupport.park(this);
        }
    }

    /** Called by the work: gives the loop its turn and returns when it is resumed. */
    void suspend() {
        mine = false;
        LockSupport.unpark(loop);
        while (!mine) {
            LockSupport.park(this);
        }
    }

    private void live() {
        while (true) {
            var next = work;
            if (next != null) {
                next.run();
                work = null;
            }
            suspend();
        }
    }

    @Override
    public void run() {
        throw new IllegalStateException("a fiber is resumed, not run");
    }
}
