package riskcluster.node.operate.client;

import java.util.List;
import java.util.Map;

/** How the commands that every node brings are typed; a node that is newer brings others, which have none here. */
public final class Examples {

    private static final Map<String, List<String>> OF = Map.ofEntries(
            Map.entry("cluster show", List.of("", "-s unreachable", "-o yaml")),
            Map.entry("cluster status", List.of("")),
            Map.entry("cluster leader", List.of("")),
            Map.entry("cluster health", List.of("", "-w --timeout 300", "-e || echo unwell")),
            Map.entry("cluster tail", List.of("", "-o jsonl")),
            Map.entry("cluster leave", List.of("", "-a 10.0.0.7:17355")),
            Map.entry("cluster down", List.of("10.0.0.7:17355", "-a pekko://riskcluster@10.0.0.7:17355")),
            Map.entry("cluster down-unreachable", List.of("")),
            Map.entry("cluster join", List.of("10.0.0.5:17355")),
            Map.entry("cluster-sharding list-regions", List.of("")),
            Map.entry("cluster-sharding region-stats", List.of("", "-r partition -o json")),
            Map.entry("actor hierarchy", List.of("-d 2", "-s /system/sharding -d 6 -n 10")),
            Map.entry("actor system", List.of("")),
            Map.entry("log tail", List.of("", "-f --level warn", "--partition 3 --lines 20 -o jsonl")),
            Map.entry("partition list", List.of("", "--alarmed -o name")),
            Map.entry("partition show", List.of("3", "3 -o json")),
            Map.entry("partition pause", List.of("0-3,7 --reason \"Kafka is upgraded\"", "--all --dry-run")),
            Map.entry("partition resume", List.of("3 --yes", "--all --yes")));

    private Examples() {}

    /** Whole command lines; none where the command is not known here. */
    public static List<String> of(String palette, String command) {
        var name = palette + " " + command;
        return OF.getOrDefault(name, List.of()).stream()
                .map(rest -> ("riskcluster " + name + " " + rest).stripTrailing())
                .toList();
    }
}
