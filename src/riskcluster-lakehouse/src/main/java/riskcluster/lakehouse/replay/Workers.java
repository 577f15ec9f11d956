package riskcluster.lakehouse.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Threads that share the work of one step; the step ends when all of it is done. */
record Workers(ExecutorService threads) {

    /** Does something with each of these; the first failure is thrown. */
    <T> void each(Collection<T> all, Consumer<T> work) {
        var tasks = new ArrayList<Callable<Boolean>>(all.size());
        for (T one : all) {
            tasks.add(() -> {
                work.accept(one);
                return true;
            });
        }
        try {
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw new IllegalStateException("a part of the comparison failed", failure.getCause());
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows were compared", failure);
        }
    }
}
