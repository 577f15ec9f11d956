package riskcluster.node.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C interrupt the thread that made this, and holds the end of the process back until that thread has closed
 * everything.
 */
final class Interruption implements AutoCloseable {

    private static final long CLOSING_SECONDS_MAX = 45;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Thread worker) {
        this.hook = Thread.ofPlatform().name("ctrl-c").unstarted(() -> {
            worker.interrupt();
            try {
                closed.await(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static Interruption ofThisThread() {
        var interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook is what runs now, and it was just let go.
            return;
        }
    }
}
