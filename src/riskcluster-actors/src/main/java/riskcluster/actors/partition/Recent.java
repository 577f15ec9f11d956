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

    /** A power of two. What is remembered outlives a young collection, so it is little, and without the records. */
    private static final int REMEMBERED = 1_024;

    /** Larger records are not remembered, so that this never holds more than 16 MiB. */
    private static final int BYTES_MAX = 16_384;

    private static final int WAITING_MAX = 1_000;

    private final @Nullable Outcome[] outcomes = new @Nullable Outcome[REMEMBERED];
    private final long[] offsets = new long[REMEMBERED];
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
        int index = index(offset);
        return offsets[index] == offset ? Optional.ofNullable(outcomes[index]) : Optional.empty();
    }

    /** Remembers these, and tells who has waited for records before {@code position}. */
    void add(List<Judged> judged, long position) {
        for (var each : judged.subList(Math.max(0, judged.size() - REMEMBERED), judged.size())) {
            long offset = each.record().offset();
            offsets[index(offset)] = offset;
            outcomes[index(offset)] = each.record().bytes() <= BYTES_MAX ? each.outcome() : null;
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
