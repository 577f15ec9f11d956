package riskcluster.actors.customer;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.apache.pekko.dispatch.ForkJoinExecutorConfigurator;

/**
 * The threads of the dispatcher of customers: the partition's own while it has its {@link Turn}, else those of a
 * fork-join pool that is configured under the same name.
 */
public final class TurnExecutors extends ExecutorServiceConfigurator {

    private final ForkJoinExecutorConfigurator pool;

    /** Made by Pekko from its configuration. */
    public TurnExecutors(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.pool = new ForkJoinExecutorConfigurator(config.getConfig("fork-join-executor"), prerequisites);
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        var factory = pool.createExecutorServiceFactory(id, threads);
        return () -> new TurnExecutor(factory.createExecutorService());
    }

    private static final class TurnExecutor extends AbstractExecutorService {

        private final ExecutorService pool;

        TurnExecutor(ExecutorService pool) {
            this.pool = pool;
        }

        @Override
        public void execute(Runnable work) {
            if (!Turn.takes(work, pool)) {
                pool.execute(work);
            }
        }

        @Override
        public void shutdown() {
            pool.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return pool.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return pool.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return pool.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return pool.awaitTermination(timeout, unit);
        }
    }
}
