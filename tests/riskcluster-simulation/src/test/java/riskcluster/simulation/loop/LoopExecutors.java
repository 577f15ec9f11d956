package riskcluster.simulation.loop;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** Puts every dispatcher of an actor system on the loop; those under {@code riskcluster.} may wait. */
public final class LoopExecutors extends ExecutorServiceConfigurator {

    /** Made by Pekko from its configuration. */
    public LoopExecutors(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        return () -> new LoopExecutor(id.startsWith("riskcluster."));
    }
}
