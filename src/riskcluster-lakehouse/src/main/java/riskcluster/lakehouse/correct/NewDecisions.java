package riskcluster.lakehouse.correct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.ledger.CorrectionTable.Portion;

/** The decisions of one correction, found by the coordinates of their records. Never changed. */
public final class NewDecisions {

    /** What a correction may hold: with what gold makes of it a decision takes some 1,200 bytes where it is published. */
    public static final int ROWS_MAX = 250_000;

    private static final int ROWS_PER_PORTION = 4_096;

    private final Map<LogPartition, Places> byPartition;

    private NewDecisions(Map<LogPartition, Places> byPartition) {
        this.byPartition = byPartition;
    }

    /** One partition's, in the order of their offsets. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Places(long[] offsets, List<NewDecision> decisions) {

        static Places of(List<NewDecision> decisions) {
            return new Places(decisions.stream().mapToLong(NewDecision::offset).toArray(), List.copyOf(decisions));
        }
    }

    /** @param decisions of each partition, in the log's order */
    public static NewDecisions of(Map<LogPartition, List<NewDecision>> decisions) {
        var places = new HashMap<LogPartition, Places>();
        decisions.forEach((source, each) -> {
            if (!each.isEmpty()) {
                places.put(source, Places.of(each));
            }
        });
        return new NewDecisions(places);
    }

    /** Out of what was stored; a partition's portions come in the order of their offsets. */
    public static NewDecisions of(List<Portion> portions) {
        var decisions = new HashMap<LogPartition, List<NewDecision>>();
        for (Portion portion : portions) {
            decisions
                    .computeIfAbsent(portion.source(), first -> new ArrayList<>())
                    .addAll(Portions.read(portion));
        }
        return of(decisions);
    }

    /** As they are stored. */
    public List<Portion> portions() {
        var portions = new ArrayList<Portion>();
        byPartition.forEach((source, places) -> {
            for (int from = 0; from < places.decisions().size(); from += ROWS_PER_PORTION) {
                int to = Math.min(from + ROWS_PER_PORTION, places.decisions().size());
                portions.add(Portions.write(source, places.decisions().subList(from, to)));
            }
        });
        return portions;
    }

    public int size() {
        return byPartition.values().stream()
                .mapToInt(places -> places.offsets().length)
                .sum();
    }

    /** What the correction makes of this record; null where it is none of its. */
    @Nullable
    NewDecision find(LogPartition source, long offset) {
        Places places = byPartition.get(source);
        int place = places == null ? -1 : Arrays.binarySearch(places.offsets(), offset);
        return places == null || place < 0 ? null : places.decisions().get(place);
    }

    /** Whether a file with rows of these partitions and offsets may have one of them. */
    boolean mayTouch(int partitionLowest, int partitionHighest, long offsetLowest, long offsetHighest) {
        return byPartition.entrySet().stream()
                .anyMatch(one -> one.getKey().partition() >= partitionLowest
                        && one.getKey().partition() <= partitionHighest
                        && first(one.getValue()) <= offsetHighest
                        && last(one.getValue()) >= offsetLowest);
    }

    /** The least offset of all. */
    long first() {
        return byPartition.values().stream()
                .mapToLong(NewDecisions::first)
                .min()
                .orElse(0);
    }

    /** The greatest offset of all. */
    long last() {
        return byPartition.values().stream().mapToLong(NewDecisions::last).max().orElse(-1);
    }

    private static long first(Places places) {
        return places.offsets()[0];
    }

    private static long last(Places places) {
        return places.offsets()[places.offsets().length - 1];
    }
}
