package riskcluster.node.operate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.operate.protocol.OptionPage;
import riskcluster.node.terminal.TextTable;
import riskcluster.node.view.ClusterView;
import riskcluster.node.view.Reply;

/** The commands that look at partitions of the input: on which node each is, and how far its cursors are. */
final class PartitionLooks {

    /** Under this name they are sharded, one in each shard. */
    private static final String REGION = "partition";

    private static final Duration PARTITIONS_MAX = Duration.ofSeconds(10);
    private static final int PARTITION_MAX = 999_999;

    private final ShardingLooks sharding;
    private final PartitionsAsked asked;
    private final Pauses pauses;

    PartitionLooks(ActorSystem<?> system, Supplier<CompletionStage<Reply<ClusterView>>> cluster, Pauses pauses) {
        this.pauses = pauses;
        this.sharding = new ShardingLooks(system);
        this.asked = new PartitionsAsked(cluster);
    }

    List<Command> commands() {
        return List.of(
                new Command(
                        CommandPage.looks(
                                "list",
                                "Lists the partitions with their nodes and how far each cursor is behind. Fails if one"
                                        + " stands still.",
                                new OptionPage(
                                        List.of("-a", "--alarmed"),
                                        "",
                                        "Only those that stand still or wait.",
                                        false,
                                        List.of())),
                        this::list),
                new Command(
                        CommandPage.looks(
                                "show",
                                "Shows one partition: its node, its cursors and its alarm. Fails if it stands still.",
                                OptionPage.of(
                                                "-p",
                                                "--partition",
                                                "N",
                                                "Which; may stand alone, as in: partition show 3.")
                                        .needed()),
                        this::show));
    }

    /**
     * One partition.
     *
     * @param node that it is on; empty where nobody knows at this moment
     * @param epoch of its owner, -1 between two of them
     * @param position next offset that will be scored
     * @param paused who wants it to rest, since when and why, and where it does
     */
    record Standing(
            int partition,
            String node,
            long epoch,
            long position,
            long alertCursor,
            long dataCursor,
            long profileCursor,
            int customers,
            @JsonProperty("alarm") @Nullable String alarm,
            @JsonProperty("paused") @Nullable String paused) {

        private static Standing of(ClusterView.Place place, Map<Integer, String> nodes, Map<Integer, String> paused) {
            return new Standing(
                    place.partition(),
                    nodes.getOrDefault(place.partition(), ""),
                    place.epoch(),
                    place.position(),
                    place.alertCursor(),
                    place.dataCursor(),
                    place.profileCursor(),
                    place.customers(),
                    place.alarm(),
                    paused.get(place.partition()));
        }

        private static String text(@Nullable String text) {
            return text == null ? "" : text;
        }
    }

    private void list(Arguments arguments, Answer answer) throws InterruptedException {
        var alarmed = arguments.value("-a").isPresent();
        var standings = standings().stream()
                .filter(standing -> !alarmed || standing.alarm() != null)
                .toList();
        var columns = new ArrayList<>(List.of(
                "partition",
                "node",
                "epoch",
                "position",
                "alerts behind",
                "data behind",
                "profiles behind",
                "customers",
                "alarm"));
        boolean anyRests = standings.stream().anyMatch(standing -> standing.paused() != null);
        if (anyRests) {
            columns.add("paused");
        }
        var table = new TextTable(columns);
        for (var each : standings) {
            var row = new ArrayList<>(List.of(
                    Integer.toString(each.partition()),
                    each.node(),
                    Long.toString(each.epoch()),
                    Long.toString(each.position()),
                    Long.toString(each.position() - each.alertCursor()),
                    Long.toString(each.position() - each.dataCursor()),
                    Long.toString(each.position() - each.profileCursor()),
                    Integer.toString(each.customers()),
                    Standing.text(each.alarm())));
            if (anyRests) {
                row.add(Standing.text(each.paused()));
            }
            table.row(row);
        }
        answer.show(standings, table::lines);
        if (standings.stream().anyMatch(standing -> standing.alarm() != null)) {
            answer.end(Ending.FAILED);
        }
    }

    private void show(Arguments arguments, Answer answer) throws InterruptedException {
        var asked = arguments.number("-p", 0, 0, PARTITION_MAX);
        var standings = standings();
        var found = standings.stream()
                .filter(standing -> standing.partition() == asked)
                .findFirst()
                .orElseThrow(() -> CommandRefused.failed(
                        "there is no partition " + asked + "; there are 0 to " + (standings.size() - 1)));
        answer.show(found, () -> {
            var table = new TextTable(List.of())
                    .row(List.of("partition", Integer.toString(found.partition())))
                    .row(List.of("node", found.node()))
                    .row(List.of("epoch", Long.toString(found.epoch())))
                    .row(List.of("position", Long.toString(found.position())))
                    .row(List.of("alert cursor", Long.toString(found.alertCursor())))
                    .row(List.of("data cursor", Long.toString(found.dataCursor())))
                    .row(List.of("profile cursor", Long.toString(found.profileCursor())))
                    .row(List.of("customers", Integer.toString(found.customers())))
                    .row(List.of("alarm", Standing.text(found.alarm())));
            return found.paused() == null
                    ? table.lines()
                    : table.row(List.of("paused", found.paused())).lines();
        });
        if (found.alarm() != null) {
            answer.end(Ending.FAILED);
        }
    }

    private List<Standing> standings() throws InterruptedException {
        var nodes = nodes();
        var paused = PausedTexts.of(pauses);
        return places().stream().map(place -> Standing.of(place, nodes, paused)).toList();
    }

    private List<ClusterView.Place> places() throws InterruptedException {
        return switch (asked.within(PARTITIONS_MAX)) {
            case Reply.Answered<ClusterView>(var view) -> view.partitions();
            case Reply.Refused<ClusterView>(var why, var message) ->
                throw why == Reply.Why.TOO_LONG ? CommandRefused.late(message) : CommandRefused.failed(message);
        };
    }

    /** Which node has each partition; a node that does not tell keeps the rest from nobody. */
    private Map<Integer, String> nodes() throws InterruptedException {
        var nodes = new HashMap<Integer, String>();
        try {
            sharding.stats(REGION)
                    .forEach((address, stats) -> stats.getStats().keySet().stream()
                            .filter(shard -> shard.matches("[0-9]{1,6}"))
                            .forEach(shard -> nodes.put(Integer.valueOf(shard), address)));
        } catch (CommandRefused notAll) {
            return Map.of();
        }
        return nodes;
    }
}
