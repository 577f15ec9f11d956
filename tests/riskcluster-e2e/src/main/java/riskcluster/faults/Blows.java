package riskcluster.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Strikes a cluster by a plan: each fault begins at its time and is undone at its time. Used by one thread. */
final class Blows {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int COMMITS_BEFORE_MAX = 10;

    private interface Act {
        void run() throws IOException, InterruptedException;
    }

    private record Due(long atMillis, Act act) {}

    /**
     * A node's death.
     *
     * @param partitions that went with it
     * @param alone whether the other two were members in good health: else they may end themselves, as a minority
     */
    record Death(long wallMillis, Set<Integer> partitions, boolean alone) {}

    private final World world;
    private final Fleet fleet;
    private final Network network;
    private final PrintStream progress;
    private final FullDisk disk;
    private final Clocks clocks;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::atMillis));
    private final Map<FaultKind, Integer> struck = new EnumMap<>(FaultKind.class);
    private final List<Death> deaths = new ArrayList<>();

    Blows(World world, Fleet fleet, Network network, FullDisk disk, Clocks clocks, PrintStream progress) {
        this.world = world;
        this.fleet = fleet;
        this.network = network;
        this.disk = disk;
        this.clocks = clocks;
        this.progress = progress;
    }

    /** Strikes until the time is over, and undoes what is still done. */
    void strike(List<Fault> plan, Duration time) throws IOException, InterruptedException {
        long began = System.nanoTime();
        for (var fault : plan) {
            queue.add(new Due(fault.atMillis(), () -> begin(fault)));
        }
        while (millisSince(began) < time.toMillis()) {
            while (!queue.isEmpty() && queue.peek().atMillis() <= millisSince(began)) {
                queue.remove().act().run();
            }
            fleet.keepRunning();
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        world.storeProxy().calm();
        world.storeProxy().loseNoMore();
        world.databaseProxy().loseNoMore();
        world.kafka().startAgain();
        disk.free();
        network.mendAll();
        fleet.calm();
        fleet.keepRunning();
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private void begin(Fault fault) throws IOException, InterruptedException {
        progress.println("  " + fault.atMillis() / 1_000 + " s: " + fault.kind() + " node " + fault.node() + ", "
                + fault.millis() + " ms");
        struck.merge(fault.kind(), 1, Integer::sum);
        switch (fault.kind()) {
            case KILL -> kill(fault);
            case ZOMBIE -> {
                fleet.suspend(fault.node());
                later(fault, () -> fleet.resume(fault.node()));
            }
            case BROKER -> {
                world.kafka().kill();
                later(fault, world.kafka()::startAgain);
            }
            case POSTGRES -> world.crashPostgres();
            case LOST_COMMIT -> world.databaseProxy().loseAnswerAfter((int) (fault.atMillis() % COMMITS_BEFORE_MAX));
            case STORE_TROUBLE -> {
                world.storeProxy().trouble(fault.atMillis());
                later(fault, world.storeProxy()::calm);
            }
            case LOST_PUT -> world.storeProxy().loseAnswerToPut();
            case CHURN -> {
                fleet.guestComes();
                later(fault, fleet::guestLeaves);
            }
            case DISK_FULL -> {
                disk.fill();
                later(fault, disk::free);
            }
            case CLOCK -> {
                kill(fault.node());
                fleet.startWithClockAhead(fault.node(), clocks);
            }
            case NETWORK_CUT -> cut(fault);
            case ALL_KILLED -> throw new IllegalStateException("no plan has " + fault.kind());
        }
    }

    /** Kills every node at once when all else is calm, and watches them come back. */
    Recovery killAll(AlertTimes times, int partitions) throws IOException, InterruptedException {
        struck.merge(FaultKind.ALL_KILLED, 1, Integer::sum);
        return Recovery.watch(fleet, times, partitions, progress);
    }

    private void cut(Fault fault) throws IOException, InterruptedException {
        var kinds = Network.Cut.values();
        var kind = kinds[(int) (fault.atMillis() % kinds.length)];
        progress.println("    its packets " + kind + " are lost");
        network.cut(fault.node(), kind);
        later(fault, () -> network.mend(fault.node()));
    }

    private void kill(Fault fault) throws InterruptedException {
        kill(fault.node());
        later(fault, () -> fleet.allow(fault.node()));
    }

    private void kill(int node) throws InterruptedException {
        var partitions = fleet.partitions(node);
        boolean alone = !partitions.isEmpty() && fleet.formed() == Fleet.NODES;
        fleet.kill(node);
        deaths.add(new Death(System.currentTimeMillis(), partitions, alone));
    }

    private void later(Fault fault, Act act) {
        queue.add(new Due(fault.atMillis() + fault.millis(), act));
    }

    /** How often each kind of fault was struck. */
    Map<FaultKind, Integer> struck() {
        return struck;
    }

    List<Death> deaths() {
        return deaths;
    }
}
