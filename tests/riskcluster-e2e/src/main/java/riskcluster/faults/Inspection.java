package riskcluster.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** The judge at work while things break: it looks once, and again where the servers did not answer it. */
final class Inspection implements AutoCloseable {

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final int TRIES_MAX = 60;

    private final World world;
    private final Path produced;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final FutureTask<Verdict> look;

    private Inspection(World world, Path produced, Duration wait) {
        this.world = world;
        this.produced = produced;
        this.look = new FutureTask<>(() -> look(wait));
    }

    /** Will look after this time. */
    static Inspection after(Duration wait, World world, Path produced) {
        var inspection = new Inspection(world, produced, wait);
        Thread.ofPlatform().name("inspection").daemon().start(inspection.look);
        return inspection;
    }

    private Verdict look(Duration wait) throws IOException, InterruptedException {
        boolean over = ended.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        var verdict = world.judgeRunning(produced);
        for (int tries = 1; !verdict.hasLooked() && !over && tries < TRIES_MAX; tries++) {
            over = ended.await(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
            verdict = world.judgeRunning(produced);
        }
        return verdict;
    }

    /** What it saw; waits for it while records still flow. */
    Verdict verdict() throws IOException, InterruptedException {
        try {
            return look.get();
        } catch (ExecutionException e) {
            throw new IOException("the judge did not run", e.getCause());
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
