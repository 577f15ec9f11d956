package riskcluster.node.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import riskcluster.node.Main;
import riskcluster.node.cluster.LocalCluster;
import riskcluster.node.cluster.NodeProcess;
import riskcluster.node.fault.Standing;

/** A drain by several nodes on this machine, each a process of its own: from their start until everything is committed. */
final class NodesRun {

    private static final Duration MOST = Duration.ofMinutes(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    private NodesRun() {}

    /** Arguments: records, partitions, seed, gold, rules, customers, command to run then, nodes. */
    public static void main(String[] args) throws Exception {
        int records = Integer.parseInt(args[0]);
        var folder = Fresh.folder();
        var broker = BrokerProcess.start(folder.resolve("kafka"));
        try (var setting = Setting.make(folder, broker, Integer.parseInt(args[1]), Gold.valueOf(args[3]), args[4])) {
            broker.fill(records, Integer.parseInt(args[5]), Long.parseLong(args[2]));
            drain(setting, broker, records, Integer.parseInt(args[7])).tell(System.out);
            OnDrained.run(setting, args[6]);
        }
        System.exit(0);
    }

    private static Figures drain(Setting setting, BrokerProcess broker, int records, int nodes) throws Exception {
        Path logs = Files.createDirectories(setting.folder().resolve("nodes"));
        var figures = new Figures().put("records", records).put("nodes", nodes).put("load_before", Machine.load());
        double database = Machine.databaseCpuMicros(setting.folder());
        double kafka = broker.cpuMicros();
        long began = System.nanoTime();
        try (var cluster = LocalCluster.of(logs, setting.config(), nodes)) {
            var started = new ArrayList<NodeProcess>();
            for (int number = 0; number < nodes; number++) {
                started.add(cluster.start(number, Main.class.getName(), Map.of(), flags()));
            }
            Standing.await(setting.config(), MOST, LOOK_EVERY);
            double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
            double cpu = started.stream()
                    .mapToDouble(node -> node.cpu().toNanos() / NANOS_PER_MICRO)
                    .sum();
            figures.put("seconds", seconds)
                    .put("records_per_second", records / seconds)
                    .put("node_cpu_us_per_record", cpu / records)
                    .put("broker_cpu_us_per_record", (broker.cpuMicros() - kafka) / records)
                    .put(
                            "postgres_cpu_us_per_record",
                            (Machine.databaseCpuMicros(setting.folder()) - database) / records);
            DrainRun.verify(setting, records, figures);
            return figures;
        }
    }

    /** Those of this process in the place of the small ones that nodes of a local cluster have. */
    private static List<String> flags() {
        var flags = new ArrayList<>(List.of("-XX:-UseSerialGC", "-XX:TieredStopAtLevel=4"));
        flags.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        return flags;
    }
}
