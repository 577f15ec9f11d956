package riskcluster.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One fault of a plan.
 *
 * @param atMillis after the beginning
 * @param node whom it hits, where it hits a node
 * @param millis how long it lasts, where it lasts
 */
record Fault(FaultKind kind, long atMillis, int node, long millis) {

    private static final long GAP_MILLIS_MIN = 2_000;
    private static final long GAP_MILLIS_MAX = 5_000;

    /** How long a node stands still at most; and no longer than a third of all. */
    private static final long ZOMBIE_MILLIS_MAX = 120_000;

    private static final long DOWN_MILLIS_MAX = 5_000;
    private static final long TROUBLE_MILLIS_MAX = 15_000;
    private static final long CHURN_MILLIS = 15_000;

    /** Draws faults for this long: every kind once, in an order that the seed draws, then all of them anew. */
    static List<Fault> plan(long seed, long millis, int nodes, List<FaultKind> kinds) {
        var chance = new SplittableRandom(seed);
        var plan = new ArrayList<Fault>();
        var deck = new ArrayList<FaultKind>();
        for (long at = gap(chance); at < millis; at += gap(chance)) {
            if (deck.isEmpty()) {
                deck.addAll(kinds);
            }
            var kind = deck.remove(chance.nextInt(deck.size()));
            plan.add(new Fault(kind, at, chance.nextInt(nodes), duration(kind, millis, chance)));
        }
        return plan;
    }

    private static long gap(SplittableRandom chance) {
        return chance.nextLong(GAP_MILLIS_MIN, GAP_MILLIS_MAX);
    }

    private static long duration(FaultKind kind, long millis, SplittableRandom chance) {
        return switch (kind) {
            case KILL, BROKER -> chance.nextLong(DOWN_MILLIS_MAX);
            case ZOMBIE -> chance.nextLong(1_000, Math.min(ZOMBIE_MILLIS_MAX, Math.max(2_000, millis / 3)));
            case STORE_TROUBLE, DISK_FULL, NETWORK_CUT -> chance.nextLong(2_000, TROUBLE_MILLIS_MAX);
            case CHURN -> CHURN_MILLIS;
            case POSTGRES, LOST_COMMIT, LOST_PUT, CLOCK, ALL_KILLED -> 0;
        };
    }
}
