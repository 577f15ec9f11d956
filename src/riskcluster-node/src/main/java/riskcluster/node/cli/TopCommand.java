package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;
import riskcluster.node.terminal.TextTable;

/** {@code riskcluster top}: what each partition does, again and again. */
@Command(
        name = "top",
        description = {
            "Shows what each partition does and how far its cursors are behind, the busiest first. At a terminal until"
                    + " Ctrl-C; else, and with any form but table, once for each of -n.",
            "Status 1 if a partition stood still at the last look."
        },
        footer = {
            "",
            "Examples:",
            "  riskcluster top",
            "  riskcluster top -n 5 --every 10",
            "  riskcluster top -n 1 -o jsonl"
        })
final class TopCommand implements Callable<Integer> {

    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final double EVERY_MAX = 3_600;

    private final Screen screen;

    @Mixin
    private Connection connection = new Connection();

    @Option(
            names = "-n",
            paramLabel = "COUNT",
            description = "So many looks. Default: without end at a terminal, else 1.",
            defaultValue = "0")
    private int looks;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            description = "Between two looks. Default: ${DEFAULT-VALUE}.",
            defaultValue = "2")
    private double everySeconds;

    TopCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (looks < 0 || !(everySeconds > 0 && everySeconds <= EVERY_MAX)) {
            throw new CommandFailed(Exit.USAGE, "-n is 1 or more, --every more than 0 and at most 3600 seconds");
        }
        var paints = screen.terminal() && connection.output().isTable();
        long count = looks > 0 ? looks : paints ? Long.MAX_VALUE : 1;
        var node = connection.open();
        // A rate needs two looks, so the first is only looked at.
        var before = new Look(node.get("/v1/cluster"), System.nanoTime());
        var well = true;
        for (long shown = 0; shown < count; shown++) {
            Thread.sleep(Duration.ofNanos(Math.round(everySeconds * 1e9)));
            var now = new Look(node.get("/v1/cluster"), System.nanoTime());
            well = show(now, before, paints);
            before = now;
        }
        return well ? Exit.FINE : Exit.UNWELL;
    }

    /** The cluster at one moment. */
    private record Look(JsonNode cluster, long nanos) {}

    /** One partition between two looks. */
    record Row(
            int partition,
            long perSecond,
            long position,
            long alertsBehind,
            long dataBehind,
            long profilesBehind,
            int customers,
            String alarm) {}

    private boolean show(Look now, Look before, boolean paints) {
        var rows = rows(now.cluster(), before.cluster(), (now.nanos() - before.nanos()) / 1e9);
        if (paints) {
            screen.out().print(CLEAR);
        }
        if (connection.output().isTable()) {
            lines(now.cluster(), rows).forEach(screen.out()::println);
        } else {
            new Printer(screen, connection.output()).print(json(rows));
        }
        screen.out().flush();
        return rows.stream().allMatch(row -> row.alarm().isEmpty());
    }

    /**
     * The busiest first.
     *
     * @param seconds between the two
     */
    static List<Row> rows(JsonNode now, JsonNode before, double seconds) {
        var positions = new HashMap<Integer, Long>();
        before.path("partitions")
                .forEach(place -> positions.put(
                        place.path("partition").asInt(), place.path("position").asLong()));
        var rows = new ArrayList<Row>();
        now.path("partitions").forEach(place -> rows.add(row(place, positions, seconds)));
        rows.sort(Comparator.comparingLong(Row::perSecond).reversed().thenComparing(Row::partition));
        return rows;
    }

    /** A partition that has no place at one of the two moments has no rate. */
    private static Row row(JsonNode place, Map<Integer, Long> positions, double seconds) {
        int partition = place.path("partition").asInt();
        long position = place.path("position").asLong();
        long before = positions.getOrDefault(partition, -1L);
        return new Row(
                partition,
                before < 0 || position < before ? 0 : Math.round((position - before) / seconds),
                position,
                position - place.path("alert_cursor").asLong(),
                position - place.path("data_cursor").asLong(),
                position - place.path("profile_cursor").asLong(),
                place.path("customers").asInt(),
                place.path("alarm").asText(""));
    }

    private static List<String> lines(JsonNode cluster, List<Row> rows) {
        var members = cluster.path("members");
        var reachable = 0;
        for (var member : members) {
            reachable += member.path("reachable").asBoolean() ? 1 : 0;
        }
        var lines = new ArrayList<String>();
        lines.add(TextTable.harmless(cluster.path("name").asText()) + ": " + members.size() + " members, "
                + (members.size() - reachable) + " unreachable, "
                + rows.stream().mapToLong(Row::perSecond).sum() + " records/s");
        var table = new TextTable(List.of(
                "partition",
                "records/s",
                "position",
                "alerts behind",
                "data behind",
                "profiles behind",
                "customers",
                "alarm"));
        rows.forEach(row -> table.row(List.of(
                Integer.toString(row.partition()),
                Long.toString(row.perSecond()),
                Long.toString(row.position()),
                Long.toString(row.alertsBehind()),
                Long.toString(row.dataBehind()),
                Long.toString(row.profilesBehind()),
                Integer.toString(row.customers()),
                row.alarm())));
        lines.addAll(table.lines());
        return lines;
    }

    private static JsonNode json(List<Row> rows) {
        var list = NodeClient.JSON.createArrayNode();
        rows.forEach(row -> list.addObject()
                .put("partition", row.partition())
                .put("records_per_second", row.perSecond())
                .put("position", row.position())
                .put("alerts_behind", row.alertsBehind())
                .put("data_behind", row.dataBehind())
                .put("profiles_behind", row.profilesBehind())
                .put("customers", row.customers())
                .put("alarm", row.alarm()));
        return list;
    }
}
