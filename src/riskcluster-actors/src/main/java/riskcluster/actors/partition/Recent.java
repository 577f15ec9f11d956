package riskcluster.actors.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;

/** The latest outcomes of a partition, for who waits for the outcome of a record he has just sent. */
final class Recent {

    /** A power of two. */
    private static final int REMEMBERED = 2_048;

    /** Larger records are not remembered, so that this never holds more than 32 MiB. */
    private static final int BYTES_MAX = 16_384;

    private static final int WAITING_MAX = 1_000;

    private final @Nullable Judged[] ring = new @Nullable Judged[REMEMBERED];
    private final TreeMap<Long, List<Consumer<Optional<Outcome>>>> waiting = new TreeMap<>();

    /** Answers with the outcome of the record at {@code offset}: now, when it comes, or not at all if it is too old. */
    void await(long offset, long position, Consumer<Optional<Outcome>> answer) {
        if (offset < position || waiting.size() >= WAITING_MAX) {
            answer.accept(remembered(offset));
        } else {
            waiting.computeIfAbsent(offset, absent -> new ArrayList<>(1)).add(answer);
        }
    }

    private Optional<Outcome> remembered(long offset) {
        var judged = ring[index(offset)];
        return judged != null && judged.record().offset() == offset ? Optional.of(judged.outcome()) : Optional.empty();
    }

    /** Remembers these, and tells who has waited for records before {@code position}. */
    void add(List<Judged> judged, long position) {
        for (var each : judged.subList(Math.max(0, judged.size() - REMEMBERED), judged.size())) {
            ring[index(each.record().offset())] = each.record().bytes() <= BYTES_MAX ? each : null;
        }
        while (!waiting.isEmpty() && waiting.firstKey() < position) {
            var due = waiting.pollFirstEntry();
            due.getValue().forEach(answer -> answer.accept(remembered(due.getKey())));
        }
    }

    private static int index(long offset) {
        return (int) (offset & (REMEMBERED - 1));
    }
}
