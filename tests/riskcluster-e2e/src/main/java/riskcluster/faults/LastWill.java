package riskcluster.faults;

import java.io.IOException;

/** Ends nodes and servers where this process is told to end in the midst of a run: they would live on without it. */
final class LastWill implements AutoCloseable {

    private final Thread hook;

    private LastWill(Thread hook) {
        this.hook = hook;
    }

    /** Will end these, unless it is closed before. */
    static LastWill of(Fleet fleet, World world, FullDisk disk, Network network) {
        var hook = new Thread(() -> carryOut(fleet, world, disk, network), "last-will");
        Runtime.getRuntime().addShutdownHook(hook);
        return new LastWill(hook);
    }

    private static void carryOut(Fleet fleet, World world, FullDisk disk, Network network) {
        fleet.close();
        try {
            world.close();
            disk.close();
        } catch (IOException failure) {
            System.err.println("a server may live on: " + failure);
        }
        network.close();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAnyway) {
            // it is at work already
        }
    }
}
