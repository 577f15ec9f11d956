package riskcluster.node.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import riskcluster.node.Rules;
import riskcluster.node.embedded.FolderLock;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.NodeAddress;
import riskcluster.node.terminal.Screen;

/** The same set-up as a demo's, without its feed, until somebody ends it; a restart goes on where it stopped. */
public final class Dev {

    private Dev() {}

    /**
     * Runs until the process is told to end.
     *
     * @param data folder that keeps everything
     * @param home folder in which the command line looks for the node's address
     */
    public static int run(Path data, Path home, Ports ports, String rules, Screen screen) throws IOException {
        Rules.read(rules); // what cannot work is said before anything is started
        try (var _ = Interruption.ofThisThread()) {
            return run(data.toAbsolutePath().normalize(), home, ports, rules, screen, new CountDownLatch(1));
        } catch (InterruptedException e) {
            return Exit.FINE; // Ctrl-C is how it is meant to end
        }
    }

    /** Runs until {@code end} is reached. */
    static int run(Path data, Path home, Ports ports, String rules, Screen screen, CountDownLatch end)
            throws IOException, InterruptedException {
        var lock = FolderLock.of(data);
        screen.out().println("Starting Kafka, Postgres and one node on " + data);
        try (var local = LocalNode.start(data, lock, ports, rules)) {
            NodeAddress.write(home, local.http(), local.operator());
            try {
                box(local, ports).forEach(screen.out()::println);
                // A node that an operator has told to leave is no use here any more.
                local.node().system().getWhenTerminated().thenRun(end::countDown);
                end.await();
                return Exit.FINE;
            } finally {
                NodeAddress.erase(home, local.http());
                screen.out().println("Stopping; the data stays in " + data);
            }
        }
    }

    private static List<String> box(LocalNode local, Ports asked) {
        var services = local.services();
        var httpPort = Integer.parseInt(local.http().replaceFirst(".*:", ""));
        var lines = new ArrayList<String>();
        lines.add("Kafka       " + services.bootstrap()
                + busy(asked.kafka(), services.kafka().port()));
        lines.add("  topics    " + LocalServices.TOPICS.input() + " (" + LocalNode.PARTITIONS + " partitions), "
                + LocalServices.TOPICS.deadLetters() + ", " + LocalServices.TOPICS.alerts());
        lines.add("Postgres    " + services.database().jdbcUrl()
                + busy(asked.postgres(), services.database().port()));
        lines.add("HTTP        " + local.http() + busy(asked.http(), httpPort));
        lines.add("  metrics   " + local.http() + "/metrics");
        lines.add("Operators   " + local.operator()
                + busy(asked.operator(), Integer.parseInt(local.operator().replaceFirst(".*:", ""))));
        lines.add("Warehouse   " + services.warehouse().toUri());
        lines.add("Catalog     JDBC catalog \"riskcluster\": postgresql+psycopg2://" + LocalServices.USER
                + "@127.0.0.1:" + services.database().port() + "/riskcluster");
        lines.add("");
        lines.add("Try         ./riskcluster generate --kafka " + services.bootstrap() + " --rate 100 --records 10000");
        lines.add("            ./riskcluster alerts tail");
        lines.add("            ./riskcluster cluster show");
        lines.add("");
        lines.add("Not for production: one copy of everything, no passwords, for this machine only. Ctrl-C ends it.");
        return framed(lines);
    }

    private static String busy(int asked, int taken) {
        return asked == 0 || asked == taken ? "" : "  (" + asked + " is busy)";
    }

    static List<String> framed(List<String> lines) {
        var width = lines.stream().mapToInt(String::length).max().orElse(0);
        var edge = "+" + "-".repeat(width + 2) + "+";
        var framed = new ArrayList<String>();
        framed.add(edge);
        lines.forEach(line -> framed.add("| " + line + " ".repeat(width - line.length()) + " |"));
        framed.add(edge);
        return framed;
    }
}
