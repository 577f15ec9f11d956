package riskcluster.simulation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.actors.score.Scorer;
import riskcluster.simulation.fault.Fate;
import riskcluster.simulation.fault.Invariant;
import riskcluster.simulation.fault.Plant;
import riskcluster.simulation.loop.Stage;
import riskcluster.simulation.world.Book;
import riskcluster.simulation.world.InputTopic;
import riskcluster.simulation.world.Ports;
import riskcluster.simulation.world.World;

/**
 * One run of the program on a simulated world, from a seed alone: faults for some seconds of virtual time, then calm
 * until all has run dry, then the comparison with an undisturbed run.
 */
final class Simulation {

    private static final long FAULTS_MICROS = 5_600_000;
    private static final long DRY_MICROS_MAX = 200_000_000;
    private static final long LAST_WORDS_MICROS = 60_000_000;
    private static final int FEW_CUSTOMERS = 2;
    private static final int MANY_CUSTOMERS = 1_000;

    private static final Pseudonyms PSEUDONYMS = new Pseudonyms(Map.of(1, new byte[32]));
    private static final Scorer SCORER = new Scorer(PSEUDONYMS);
    private static final List<Policy> POLICIES =
            List.of(PolicyFile.bundled("default"), PolicyFile.bundled("card-terminals"));

    private Simulation() {}

    /** A run with faults. */
    static Run run(long seed) {
        return run(seed, Plant.NONE, true, false);
    }

    /**
     * A run.
     *
     * @param plant a mistake that is built in
     * @param disturbed whether anything goes wrong
     * @param traced whether each step is written down
     */
    static Run run(long seed, Plant plant, boolean disturbed, boolean traced) {
        var loop = Stage.loop();
        loop.begin(seed);
        var fate = new Fate(seed, plant);
        var book = new Book(loop, traced);
        var lines = LogLines.into(book, traced);
        try {
            return run(seed, fate, book, plant, disturbed);
        } finally {
            lines.close();
        }
    }

    private static Run run(long seed, Fate fate, Book book, Plant plant, boolean disturbed) {
        var loop = Stage.loop();
        var input = new InputTopic(seed);
        var world = new World(loop, fate, book, input, POLICIES, SCORER);
        var wanted = new AtomicReference<>(POLICIES.getFirst());
        var scorer = plant == Plant.WINDOW_OFF_BY_ONE ? new OffByOne(PSEUDONYMS) : SCORER;
        int customersMax = seed % 2 == 0 ? FEW_CUSTOMERS : MANY_CUSTOMERS;
        var committers = new AtomicReference<Director>();
        var director = new Director(
                loop,
                fate,
                book,
                world,
                input.sources(),
                line -> new Process(
                        line,
                        Ports.partitions(world, line, wanted.get(), scorer, customersMax),
                        Ports.commits(world, line),
                        Ports.upkeep(world, line, rewrite -> committers.get().rewrite(rewrite))),
                () -> wanted.set(other(wanted.get())));
        committers.set(director);
        if (!disturbed) {
            fate.calmDown();
        }
        director.begin(disturbed);
        loop.run(() -> book.violation().isPresent(), FAULTS_MICROS);
        fate.calmDown();
        director.settle();
        boolean dry = loop.run(() -> book.violation().isPresent() || world.isDry(), DRY_MICROS_MAX);
        if (!dry) {
            book.broken(Invariant.RunsDry, world.standing());
        }
        long end = loop.nowMicros();
        if (book.violation().isEmpty()) {
            world.checkAtTheEnd();
        }
        var violation = book.violation();
        director.end();
        loop.run(() -> false, end + LAST_WORDS_MICROS);
        return new Run(seed, violation, fate.met(), fate.reached(), fate.died(), loop.tasksRun(), end, book.trace());
    }

    private static Policy other(Policy policy) {
        return policy.version().equals(POLICIES.getFirst().version()) ? POLICIES.getLast() : POLICIES.getFirst();
    }
}
