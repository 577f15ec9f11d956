package riskcluster.simulation.loop;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** A dispatcher's threads, which are the loop. */
final class LoopExecutor extends AbstractExecutorService {

    private final boolean mayWait;
    private volatile boolean down;

    LoopExecutor(boolean mayWait) {
        this.mayWait = mayWait;
    }

    @Override
    public void execute(Runnable task) {
        Stage.execute(task, mayWait);
    }

    @Override
    public void shutdown() {
        down = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        down = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return down;
    }

    @Override
    public boolean isTerminated() {
        return down;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
