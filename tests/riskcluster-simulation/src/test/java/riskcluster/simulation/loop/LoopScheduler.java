package riskcluster.simulation.loop;

import com.typesafe.config.Config;
import java.io.Closeable;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.event.LoggingAdapter;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Pekko's timers on the loop's clock. */
public final class LoopScheduler implements Scheduler, Closeable {

    private static final double TIMES_A_SECOND_MAX = 1_000_000;

    /** Made by Pekko from its configuration. */
    public LoopScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable work, ExecutionContext executor) {
        return new Timer(Stage.clock().after(delay.toMicros(), () -> executor.execute(work)));
    }

    @Override
    @SuppressWarnings("deprecation") // not to be called any more, still to be written
    public Cancellable schedule(
            FiniteDuration first, FiniteDuration interval, Runnable work, ExecutionContext executor) {
        var repeated = new Repeated(interval.toMicros(), work, executor);
        repeated.schedule(first.toMicros());
        return repeated;
    }

    @Override
    public double maxFrequency() {
        return TIMES_A_SECOND_MAX;
    }

    @Override
    public void close() {}

    private record Timer(Loop.Timed timed) implements Cancellable {
        @Override
        public boolean cancel() {
            return timed.cancel();
        }

        @Override
        public boolean isCancelled() {
            return timed.isCancelled();
        }
    }

    private static final class Repeated implements Cancellable {
        private final long everyMicros;
        private final Runnable work;
        private final ExecutionContext executor;
        private Loop.@Nullable Timed next;
        private boolean cancelled;

        Repeated(long everyMicros, Runnable work, ExecutionContext executor) {
            this.everyMicros = everyMicros;
            this.work = work;
            this.executor = executor;
        }

        void schedule(long micros) {
            next = Stage.clock().after(micros, () -> {
                executor.execute(work);
                schedule(everyMicros);
            });
        }

        @Override
        public boolean cancel() {
            boolean first = !cancelled;
            cancelled = true;
            if (next != null) {
                next.cancel();
            }
            return first;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
