package riskcluster.node.operate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import riskcluster.lakehouse.ledger.PauseTable;
import riskcluster.node.guard.Role;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.OptionPage;
import riskcluster.node.terminal.TextTable;
import riskcluster.node.view.ClusterView;
import riskcluster.node.view.Reply;

/** The commands that let partitions rest and go on. The wish is made durable first; then they wait for its effect. */
final class PartitionActs {

    private static final Duration PARTITIONS_MAX = Duration.ofSeconds(5);
    private static final Duration RESTS_MAX = Duration.ofSeconds(13);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int REASON_MAX = 500;

    private final PartitionsAsked asked;
    private final Pauses pauses;

    PartitionActs(Supplier<CompletionStage<Reply<ClusterView>>> cluster, Pauses pauses) {
        this.asked = new PartitionsAsked(cluster);
        this.pauses = pauses;
    }

    List<Command> commands() {
        return List.of(
                new Command(
                        CommandPage.acts(
                                "pause",
                                "Lets partitions rest until they are resumed, whoever owns them: they read nothing more"
                                        + " and put down what they have read. Returns when they rest.",
                                which(),
                                OptionPage.of("-m", "--reason", "TEXT", "Why; shown wherever the pause is."),
                                flag("--all", "All partitions."),
                                flag("--dry-run", "Show what would be done, and do nothing."),
                                new OptionPage(List.of("-y", "--yes"), "", "Do it.", false, List.of())),
                        this::pause,
                        Role.OPERATOR),
                new Command(
                        CommandPage.acts(
                                "resume",
                                "Lets partitions that rest go on exactly where they stopped, within seconds.",
                                which(),
                                flag("--all", "All partitions that rest."),
                                flag("--dry-run", "Show what would be done, and do nothing."),
                                new OptionPage(List.of("-y", "--yes"), "", "Do it.", false, List.of())),
                        this::resume,
                        Role.OPERATOR));
    }

    private static OptionPage which() {
        return OptionPage.of("-p", "--partition", "N", "Which, as in 3 or 0-3,7; may stand alone.")
                .needed();
    }

    private static OptionPage flag(String name, String help) {
        return new OptionPage(List.of(name), "", help, false, List.of());
    }

    /**
     * What became of one, for programs.
     *
     * @param restsAt the offset, where it rests
     */
    record Told(
            int partition,
            String status,
            @JsonProperty("rests_at") @Nullable Long restsAt) {}

    private void pause(Arguments arguments, Answer answer) throws InterruptedException {
        var reason = arguments.value("-m").orElse("").strip();
        if (reason.length() > REASON_MAX) {
            throw CommandRefused.misused("the reason has " + reason.length() + " characters, allowed: " + REASON_MAX);
        }
        var wanted = wanted(arguments);
        var before = pauses.all();
        if (isRehearsal(arguments)) {
            show(answer, told(wanted, before, "would rest"));
            return;
        }
        wanted.forEach(partition -> pauses.pause(partition, answer.asker(), reason));
        show(answer, told(wanted, resting(wanted), "rests"));
    }

    private Map<Integer, PauseTable.Stored> resting(SortedSet<Integer> wanted) throws InterruptedException {
        var until = System.nanoTime() + RESTS_MAX.toNanos();
        for (var now = pauses.all(); ; now = pauses.all()) {
            var seen = now;
            var late = wanted.stream()
                    .filter(partition -> !rests(seen.get(partition)))
                    .toList();
            if (late.isEmpty()) {
                return now;
            }
            if (System.nanoTime() > until) {
                throw CommandRefused.late("partitions " + late + " do not rest yet after " + RESTS_MAX.toSeconds()
                        + " s; the wish stands, see 'partition list'");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private static boolean rests(PauseTable.@Nullable Stored stored) {
        return stored == null || stored.restsAt().isPresent(); // none: somebody else has resumed it meanwhile
    }

    private void resume(Arguments arguments, Answer answer) throws InterruptedException {
        var wanted = wanted(arguments);
        var paused = pauses.all();
        if (isRehearsal(arguments)) {
            show(
                    answer,
                    wanted.stream()
                            .map(each -> resumed(each, paused.containsKey(each), "would go on"))
                            .toList());
            return;
        }
        var told = new ArrayList<Told>();
        for (int partition : wanted) {
            told.add(resumed(partition, pauses.resume(partition), "goes on"));
        }
        show(answer, told);
    }

    private static Told resumed(int partition, boolean was, String status) {
        return new Told(partition, was ? status : "is not paused", null);
    }

    private static List<Told> told(SortedSet<Integer> wanted, Map<Integer, PauseTable.Stored> paused, String status) {
        return wanted.stream()
                .map(partition -> {
                    var stored = paused.get(partition);
                    var at = stored == null || stored.restsAt().isEmpty()
                            ? null
                            : (Long) stored.restsAt().getAsLong();
                    return new Told(partition, at == null ? status : "rests", at);
                })
                .toList();
    }

    private static void show(Answer answer, List<Told> told) {
        var table = new TextTable(List.of("partition", "status", "rests at"));
        told.forEach(each -> table.row(List.of(
                Integer.toString(each.partition()),
                each.status(),
                each.restsAt() == null ? "" : each.restsAt().toString())));
        answer.show(told, table::lines);
    }

    /** Who neither says yes nor wants to see it first is told of both. */
    private static boolean isRehearsal(Arguments arguments) {
        if (arguments.value("--dry-run").isPresent()) {
            return true;
        }
        if (arguments.value("-y").isEmpty()) {
            throw CommandRefused.misused(
                    "nothing was done: give --yes where nobody can be asked, or --dry-run to see what it is");
        }
        return false;
    }

    private SortedSet<Integer> wanted(Arguments arguments) throws InterruptedException {
        int count = count();
        var text = arguments.value("-p");
        if (text.isPresent() == arguments.value("--all").isPresent()) {
            throw CommandRefused.misused("say which partitions, or --all, not both");
        }
        return text.isPresent() ? parse(text.get(), count) : range(0, count - 1);
    }

    private int count() throws InterruptedException {
        return switch (asked.within(PARTITIONS_MAX)) {
            case Reply.Answered<ClusterView>(var view) -> view.partitions().size();
            case Reply.Refused<ClusterView>(var why, var message) ->
                throw why == Reply.Why.TOO_LONG ? CommandRefused.late(message) : CommandRefused.failed(message);
        };
    }

    /** Numbers and ranges, divided by commas. */
    static SortedSet<Integer> parse(String text, int count) {
        var wanted = new TreeSet<Integer>();
        for (var part : text.split(",", -1)) {
            if (!part.matches("[0-9]{1,6}(-[0-9]{1,6})?")) {
                throw CommandRefused.misused("-p is '" + text + "', allowed: numbers and ranges, as in 0-3,7");
            }
            var ends = part.split("-", -1);
            wanted.addAll(range(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])));
        }
        if (wanted.isEmpty() || wanted.last() >= count) {
            throw CommandRefused.failed(
                    "there is no partition of " + text + " beyond " + (count - 1) + "; there are 0 to " + (count - 1));
        }
        return wanted;
    }

    private static SortedSet<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().collect(Collectors.toCollection(TreeSet::new));
    }
}
