package riskcluster.node.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import riskcluster.node.HostPort;
import riskcluster.node.Main;
import riskcluster.node.NodeConfig;
import riskcluster.node.embedded.FreePort;

/**
 * Nodes on this machine that form one cluster. Each has a number from 0, under which it is started again at the same
 * address; they find each other by the list of all management addresses.
 */
public final class LocalCluster implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int PORT_MIN = 20_000;
    private static final int PORT_MAX = 32_000;

    private final Path folder;
    private final NodeConfig config;
    private final Map<String, Object> told;
    private final List<HostPort> addresses;
    private final List<HostPort> doors;
    private final List<NodePlace> places;
    private final int members;
    private final Map<Integer, NodeProcess> nodes = new LinkedHashMap<>();
    private final ClusterLook look = new ClusterLook();

    private LocalCluster(
            Path folder, NodeConfig config, Map<String, Object> told, List<NodePlace> places, int members) {
        this.folder = folder;
        this.config = config;
        this.told = told;
        this.places = places;
        this.addresses = ports(places);
        this.doors = ports(places);
        this.members = members;
    }

    /**
     * A cluster of which no node runs yet.
     *
     * @param folder takes configuration and logs of the nodes
     * @param config of every node, but for its addresses
     * @param nodes how many there may be
     */
    public static LocalCluster of(Path folder, NodeConfig config, int nodes) throws IOException {
        return of(folder, config, nodes, Collections.nCopies(nodes, NodePlace.HERE));
    }

    /**
     * The same with a place for each node, and with guests, whose numbers follow those of the members.
     *
     * @param members how many nodes found the cluster, more than half of them at least; the others only come and go
     * @param places of the members, then of the guests
     */
    public static LocalCluster of(Path folder, NodeConfig config, int members, List<NodePlace> places)
            throws IOException {
        return new LocalCluster(folder, config, NodeSettings.of(config, folder), places, members);
    }

    /** Ports that no outgoing connection is given: a node that is started again must find its own free. */
    private static List<HostPort> ports(List<NodePlace> places) {
        var ports = new ArrayList<HostPort>();
        int from = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
        for (var place : places) {
            int port = FreePort.from(from);
            ports.add(new HostPort(place.host(), port));
            from = port + 1;
        }
        return ports;
    }

    /** Starts a node, which then is no member yet. */
    public NodeProcess start(int number) throws IOException {
        return start(number, Main.class.getName(), Map.of(), List.of());
    }

    /**
     * Starts a node in a special way.
     *
     * @param program the class to start, which takes the arguments of {@link Main}
     * @param more keys of its configuration that differ
     * @param flags more of the Java machine
     */
    public NodeProcess start(int number, String program, Map<String, Object> more, List<String> flags)
            throws IOException {
        return start(number, program, more, flags, Map.of());
    }

    /**
     * Starts a node in a special way and in a special environment.
     *
     * @param environment variables besides those of this process
     */
    public NodeProcess start(
            int number, String program, Map<String, Object> more, List<String> flags, Map<String, String> environment)
            throws IOException {
        return start(
                number, settings(number, more), new NodeProgram(NodeProcess.classPath(), program, flags, environment));
    }

    /**
     * Starts a node of another build.
     *
     * @param classPath of that build
     * @param more keys of its configuration that differ
     * @param known whether that build knows a key
     */
    public NodeProcess startBuild(int number, String classPath, Map<String, Object> more, Predicate<String> known)
            throws IOException {
        var mine = settings(number, more);
        mine.keySet().removeIf(known.negate());
        return start(number, mine, new NodeProgram(classPath, Main.class.getName(), List.of(), Map.of()));
    }

    private Map<String, Object> settings(int number, Map<String, Object> more) {
        var mine = new LinkedHashMap<>(told);
        mine.put("cluster.address", addresses.get(number).toString());
        mine.put("management.address", doors.get(number).toString());
        mine.put("http.port", 0);
        mine.put("operator.bind", "127.0.0.1:0");
        mine.put("cluster.join", "config");
        mine.put(
                "cluster.contacts",
                doors.stream().limit(members).map(HostPort::toString).toList());
        mine.put("cluster.contacts-min", members / 2 + 1);
        mine.putAll(more);
        return mine;
    }

    private NodeProcess start(int number, Map<String, Object> mine, NodeProgram program) throws IOException {
        var name = "node-" + number;
        var file = folder.resolve(name + ".conf");
        NodeSettings.write(mine, file);
        var under = places.get(number).under();
        var node = NodeProcess.start(folder, name, file, doors.get(number), under, program);
        var before = nodes.put(number, node);
        if (before != null) {
            before.close();
        }
        return node;
    }

    /** The nodes that have not ended. */
    public List<NodeProcess> alive() {
        return nodes.values().stream().filter(NodeProcess::isAlive).toList();
    }

    public NodeProcess node(int number) {
        var node = nodes.get(number);
        if (node == null) {
            throw new IllegalArgumentException("node " + number + " was never started");
        }
        return node;
    }

    /** How many members that are up this node sees; 0 where it does not answer. */
    public int membersUp(int number) throws InterruptedException {
        return look.membersUp(node(number));
    }

    /** Which partitions live on which of the nodes that have not ended. */
    public Map<NodeProcess, Set<Integer>> spread() throws InterruptedException {
        var spread = new LinkedHashMap<NodeProcess, Set<Integer>>();
        for (var node : alive()) {
            spread.put(node, look.partitions(node));
        }
        return spread;
    }

    /**
     * Waits until the nodes that have not ended see each other and nobody else, all partitions run there as evenly as
     * the numbers allow, and each node says that it is ready.
     */
    public void awaitEven(Duration most) throws InterruptedException {
        awaitEven(most, this::alive);
    }

    /** The same of these nodes, whatever becomes of others. */
    public void awaitEven(Duration most, int... numbers) throws InterruptedException {
        awaitEven(most, () -> IntStream.of(numbers).mapToObj(this::node).toList());
    }

    private void awaitEven(Duration most, Supplier<List<NodeProcess>> members) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (!isEven(members.get())) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not even after " + most.toSeconds() + " s: " + text());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean isEven(List<NodeProcess> members) throws InterruptedException {
        int each = config.partitions() / Math.max(1, members.size());
        int all = 0;
        for (var node : members) {
            int here = look.partitions(node).size();
            if (here < each || here > each + 1 || look.membersUp(node) != members.size() || !look.isReady(node)) {
                return false;
            }
            all += here;
        }
        return all == config.partitions();
    }

    /** Who has what, for a person. */
    public String text() throws InterruptedException {
        var text = new ArrayList<String>();
        for (var node : alive()) {
            text.add(node.name() + " sees " + look.membersUp(node) + " up, has " + look.partitions(node)
                    + (look.isReady(node) ? ", is ready" : ", is not ready"));
        }
        return String.join("; ", text) + " (logs in " + folder + ")";
    }

    /** Ends every node at once. */
    @Override
    public void close() {
        nodes.values().forEach(NodeProcess::close);
        look.close();
    }
}
