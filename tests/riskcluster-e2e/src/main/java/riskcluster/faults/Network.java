package riskcluster.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import riskcluster.node.cluster.NodePlace;

/**
 * A network of its own for each node (Linux: network namespaces on a bridge, which take root), in which packets can be
 * lost in one direction without anybody being told. Where that cannot be, all nodes share the machine's own network.
 */
final class Network implements AutoCloseable {

    /** What a node's packets no longer reach, or whose packets no longer reach it. */
    enum Cut {
        TO_ONE_NODE,
        TO_THE_NODES,
        FROM_THE_NODES,
        TO_ALL
    }

    private static final String SPACE = "riskcluster-";
    private static final int SUBNETS = 256;
    private static final int FIRST_NODE = 10;
    private static final long IP_SECONDS_MAX = 10;
    private static final int TIMED_OUT = 124;

    private final int nodes;
    private final String prefix;
    private final String why;
    private final Set<Integer> cut = new HashSet<>();

    private Network(int nodes, String prefix, String why) {
        this.nodes = nodes;
        this.prefix = prefix;
        this.why = why;
    }

    /** Networks for so many nodes, or none with the reason. */
    static Network of(int nodes) throws InterruptedException {
        try {
            sweep();
            var network = new Network(nodes, freeSubnet(), "");
            var refused = network.make();
            if (refused.isEmpty()) {
                return network;
            }
            network.close();
            return new Network(nodes, "", refused);
        } catch (IOException noSuchProgram) {
            return new Network(
                    nodes, "", "the program ip is not here (Debian: iproute2): " + noSuchProgram.getMessage());
        }
    }

    private static String freeSubnet() throws IOException {
        int start = (int) (ProcessHandle.current().pid() % SUBNETS);
        for (int i = 0; i < SUBNETS; i++) {
            var prefix = "10.213." + (start + i) % SUBNETS + ".";
            if (NetworkInterface.getByInetAddress(InetAddress.getByName(prefix + 1)) == null) {
                return prefix;
            }
        }
        throw new IOException("every network 10.213 is taken");
    }

    /** What processes left behind that were killed. */
    private static void sweep() throws IOException, InterruptedException {
        for (var line : ip(List.of("netns", "list"), "").said().lines().toList()) {
            var name = line.split(" ")[0];
            var owner = name.startsWith(SPACE) ? name.substring(SPACE.length()).split("-")[0] : "";
            if (!owner.isEmpty() && !Files.exists(Path.of("/proc", owner))) {
                ip(List.of("netns", "delete", name), "");
                ip(List.of("link", "delete", "rcb" + owner), "");
            }
        }
    }

    private static String bridge() {
        return "rcb" + ProcessHandle.current().pid();
    }

    private static String space(int node) {
        return SPACE + ProcessHandle.current().pid() + "-" + node;
    }

    /** The reason why not, or nothing. */
    private String make() throws IOException, InterruptedException {
        var all = new StringBuilder("link add " + bridge() + " type bridge\naddr add " + host() + "/24 dev " + bridge()
                + "\nlink set " + bridge() + " up\n");
        for (int node = 0; node < nodes; node++) {
            var port = "rc" + ProcessHandle.current().pid() + "n" + node;
            all.append("netns add " + space(node) + "\nlink add " + port + " type veth peer name eth0 netns "
                    + space(node) + "\nlink set " + port + " master " + bridge() + " up\n");
        }
        var made = ip(List.of("-batch", "-"), all.toString());
        for (int node = 0; node < nodes && made.isFine(); node++) {
            // what goes to the device "lost" comes out of "void", where nobody takes it: it is lost without a word
            made = inside(node, """
                link set lo up
                addr add %s/24 dev eth0
                link set eth0 up
                link add lost type veth peer name void
                link set lost arp off up
                link set void up
                """.formatted(host(node)));
        }
        if (!made.isFine()) {
            return "network namespaces cannot be made here, which takes root: "
                    + made.said().lines().findFirst().orElse("");
        }
        return reaches(0, host(nodes - 1)) ? "" : "packets do not pass between network namespaces here (a firewall?)";
    }

    /** Whether a packet of this node comes back from there, be it as a refusal. */
    boolean reaches(int node, String address) throws IOException, InterruptedException {
        var asked = List.of("netns", "exec", space(node), "timeout", "2", "bash", "-c", "</dev/tcp/" + address + "/9");
        return ip(asked, "").status() != TIMED_OUT;
    }

    /** Whether nodes have networks of their own. */
    boolean canBeCut() {
        return why.isEmpty();
    }

    /** Why they have not. */
    String why() {
        return why;
    }

    /** The address at which nodes reach the servers of this machine. */
    String host() {
        return canBeCut() ? prefix + 1 : NodePlace.HERE.host();
    }

    String host(int node) {
        return prefix + (FIRST_NODE + node);
    }

    /** Where each node runs. */
    List<NodePlace> places() {
        if (!canBeCut()) {
            return Collections.nCopies(nodes, NodePlace.HERE);
        }
        return IntStream.range(0, nodes)
                .mapToObj(node -> new NodePlace(host(node), List.of("ip", "netns", "exec", space(node))))
                .toList();
    }

    /** From now on packets of this kind are lost. */
    void cut(int node, Cut kind) throws IOException, InterruptedException {
        mend(node);
        cut.add(node);
        var others = IntStream.range(0, nodes).filter(other -> other != node).boxed();
        switch (kind) {
            case TO_ONE_NODE -> lose(node, List.of(host((node + 1) % nodes) + "/32"));
            case TO_THE_NODES ->
                lose(node, others.map(other -> host(other) + "/32").toList());
            case TO_ALL -> lose(node, List.of(prefix + "0/25", prefix + "128/25"));
            case FROM_THE_NODES -> {
                for (int other : others.toList()) {
                    lose(other, List.of(host(node) + "/32"));
                }
            }
        }
    }

    private void lose(int node, List<String> destinations) throws IOException, InterruptedException {
        var routes = new StringBuilder();
        destinations.forEach(there -> routes.append("route replace " + there + " dev lost src " + host(node) + "\n"));
        var done = inside(node, routes.toString());
        if (!done.isFine()) {
            throw new IOException("node " + node + " cannot be cut off: " + done.said());
        }
    }

    /** Packets of this node, and to it, pass again. */
    void mend(int node) throws IOException, InterruptedException {
        if (cut.remove(node)) {
            inside(node, "route flush dev lost\n");
            for (int other = 0; other < nodes; other++) {
                if (other != node) {
                    inside(other, "route flush " + host(node) + "/32 dev lost\n");
                }
            }
        }
    }

    void mendAll() throws IOException, InterruptedException {
        for (int node : List.copyOf(cut)) {
            mend(node);
        }
    }

    /** Whether all packets pass. */
    boolean isWhole() {
        return cut.isEmpty();
    }

    private static Answer inside(int node, String commands) throws IOException, InterruptedException {
        return ip(List.of("-n", space(node), "-batch", "-"), commands);
    }

    private record Answer(int status, String said) {
        boolean isFine() {
            return status == 0;
        }
    }

    private static Answer ip(List<String> arguments, String input) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(IP_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Answer(process.waitFor(), said);
    }

    @Override
    public void close() {
        if (!canBeCut()) {
            return;
        }
        try {
            for (int node = 0; node < nodes; node++) {
                ip(List.of("netns", "delete", space(node)), "");
                ip(List.of("link", "delete", "rc" + ProcessHandle.current().pid() + "n" + node), "");
            }
            ip(List.of("link", "delete", bridge()), "");
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException("networks are left behind", gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
