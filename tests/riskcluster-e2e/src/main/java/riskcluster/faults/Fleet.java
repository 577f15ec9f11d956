package riskcluster.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import riskcluster.node.Main;
import riskcluster.node.NodeConfig;
import riskcluster.node.cluster.LocalCluster;
import riskcluster.node.cluster.NodeProcess;

/**
 * Three nodes that are kept running as a service manager keeps them, and a place for a fourth that comes and goes. Used by
 * one thread.
 */
final class Fleet implements AutoCloseable {

    static final int NODES = 3;
    private static final int GUEST = NODES;

    /** The nodes and their guest. */
    static final int PLACES = NODES + 1;

    private static final Duration FORMED_MAX = Duration.ofMinutes(3);
    private static final Duration LEAVE_MAX = Duration.ofSeconds(60);

    private final Path folder;
    private final LocalCluster cluster;
    private final Network network;
    private final Set<Integer> stopped = new HashSet<>();
    private final Set<Integer> down = new HashSet<>();
    private boolean guest;
    private volatile boolean closed;
    private int startedAgain;

    private Fleet(Path folder, LocalCluster cluster, Network network) {
        this.folder = folder;
        this.cluster = cluster;
        this.network = network;
    }

    /** Starts the nodes and waits until every partition runs. */
    static Fleet start(Path folder, NodeConfig config, Network network) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var fleet = new Fleet(folder, LocalCluster.of(folder, config, NODES, network.places()), network);
        try {
            for (int node = 0; node < NODES; node++) {
                fleet.run(node, Map.of());
            }
            fleet.cluster.awaitEven(FORMED_MAX);
            return fleet;
        } catch (IOException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private void run(int node, Map<String, String> environment) throws IOException {
        var scratch = Files.createDirectories(scratch(node));
        cluster.start(node, Main.class.getName(), Map.of(), List.of("-Djava.io.tmpdir=" + scratch), environment);
    }

    /** Starts a node that was killed with a clock that is ahead, until it ends. */
    void startWithClockAhead(int node, Clocks clocks) throws IOException {
        down.remove(node);
        run(node, clocks.twoHoursAhead());
    }

    /** The folder in which a node prepares its files. */
    Path scratch(int node) {
        return folder.resolve("tmp-" + node);
    }

    /** Starts whoever has ended and was not told to stay down. */
    void keepRunning() throws IOException {
        for (int node = 0; node < NODES; node++) {
            if (!closed && !cluster.node(node).isAlive() && !down.contains(node)) {
                stopped.remove(node);
                run(node, Map.of());
                startedAgain++;
            }
        }
    }

    /** How often a node had ended and was started again, killed or by itself. */
    int startedAgain() {
        return startedAgain;
    }

    /** The partitions of this node; none where somebody stands still or is cut off: then nobody can say for sure. */
    Set<Integer> partitions(int node) throws InterruptedException {
        return stopped.isEmpty() && network.isWhole()
                ? cluster.spread().getOrDefault(cluster.node(node), Set.of())
                : Set.of();
    }

    void kill(int node) throws InterruptedException {
        down.add(node);
        stopped.remove(node);
        cluster.node(node).kill();
    }

    /** Kills all nodes at once, the fourth too; they stay down until they are kept running again. */
    void killAll() throws InterruptedException {
        stopped.clear();
        down.clear();
        guest = false;
        for (var node : cluster.alive()) {
            node.kill();
        }
    }

    /** How many of the three see all three as members that are up. */
    int formed() throws InterruptedException {
        int formed = 0;
        for (int node = 0; node < NODES; node++) {
            formed += cluster.membersUp(node) == NODES ? 1 : 0;
        }
        return formed;
    }

    /** How many partitions live somewhere. */
    int placed() throws InterruptedException {
        return cluster.spread().values().stream().mapToInt(Set::size).sum();
    }

    /** From now on it is started again. */
    void allow(int node) {
        down.remove(node);
    }

    void suspend(int node) throws IOException, InterruptedException {
        if (cluster.node(node).isAlive() && stopped.add(node)) {
            cluster.node(node).suspend();
        }
    }

    void resume(int node) throws IOException, InterruptedException {
        if (stopped.remove(node) && cluster.node(node).isAlive()) {
            cluster.node(node).resume();
        }
    }

    /** The fourth node starts, where it does not run already. */
    void guestComes() throws IOException {
        if (!guest) {
            run(GUEST, Map.of());
            guest = true;
        }
    }

    /** The fourth node is told to leave; whoever does not within a minute is killed. */
    void guestLeaves() {
        if (guest) {
            guest = false;
            var process = cluster.node(GUEST);
            Thread.ofVirtual().start(() -> leave(process));
        }
    }

    private static void leave(NodeProcess process) {
        try {
            process.leave(LEAVE_MAX);
        } catch (IllegalStateException slow) {
            process.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wakes whoever stands still, and lets the fourth node leave. */
    void calm() throws IOException, InterruptedException {
        for (int node : List.copyOf(stopped)) {
            resume(node);
        }
        down.clear();
        guestLeaves();
    }

    /** Every line of the nodes' logs that says ALARM, a few of them. */
    List<String> alarms() throws IOException {
        var alarms = new ArrayList<String>();
        try (var logs = Files.newDirectoryStream(folder, "node-*.log")) {
            for (var log : logs) {
                try (var lines = Files.lines(log)) {
                    lines.filter(line -> line.contains("ALARM"))
                            .limit(5)
                            .map(line -> log.getFileName() + ": " + line)
                            .forEach(alarms::add);
                }
            }
        }
        return alarms;
    }

    /** Tells every node to leave, one after the other. */
    void end() throws InterruptedException {
        for (var node : cluster.alive()) {
            leave(node);
        }
    }

    @Override
    public void close() {
        closed = true;
        cluster.close();
    }
}
