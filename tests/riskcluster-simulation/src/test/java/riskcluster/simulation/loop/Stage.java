package riskcluster.simulation.loop;

import com.typesafe.config.ConfigFactory;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * The one actor system of a test process, whose every step is the loop's. It is set up once, by a thread of its own,
 * since a system that starts waits for itself; a thousand runs take place on it, one after the other.
 */
public final class Stage {

    private static final Loop LOOP = new Loop();
    private static final LinkedBlockingQueue<Runnable> EARLY = new LinkedBlockingQueue<>();
    private static volatile boolean set;
    private static @Nullable ActorSystem<Void> system;

    private Stage() {}

    /** The loop on which everything runs, with the system set up on it. */
    public static Loop loop() {
        system();
        return LOOP;
    }

    /** The system, set up with the first call. */
    public static synchronized ActorSystem<Void> system() {
        var known = system;
        if (known != null) {
            return known;
        }
        var starter = Thread.ofPlatform().daemon().name("starter").start(Stage::drain);
        var created = ActorSystem.<Void>create(Behaviors.empty(), "simulation", ConfigFactory.load("simulation"));
        EARLY.add(starter::interrupt);
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the system started", e);
        }
        LOOP.run(() -> false, 0);
        system = created;
        return created;
    }

    static Loop clock() {
        return LOOP;
    }

    static void execute(Runnable task, boolean mayWait) {
        if (set) {
            LOOP.execute(task, mayWait);
        } else {
            EARLY.add(task);
        }
    }

    /** Runs what the system does at its start, until it is told to stop; what is left then is the loop's. */
    private static void drain() {
        while (!Thread.interrupted()) {
            try {
                EARLY.take().run();
            } catch (InterruptedException told) {
                break;
            }
        }
        set = true;
        EARLY.forEach(task -> LOOP.execute(task, false));
        EARLY.clear();
    }
}
