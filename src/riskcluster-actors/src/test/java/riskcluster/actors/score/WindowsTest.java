package riskcluster.actors.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.transaction.Transaction;

/** Windows, lateness and duplicates against a program that looks at every earlier record each time. */
class WindowsTest {
    private static final int EVENTS = 100_000;
    private static final int USERS = 400;
    private static final long[] WINDOWS = {30 * Tries.MINUTE, Tries.HOUR, Tries.DAY, 7 * Tries.DAY, 30 * Tries.DAY};

    private final Policy policy = PolicyFile.bundled("default");
    private final Map<String, List<Seen>> oracle = new HashMap<>();
    private final Map<String, Profile> profiles = new HashMap<>();
    private final Map<String, Integer> met = new HashMap<>();

    private record Seen(String id, long micros, long units, boolean late) {}

    @Test
    void everyDecisionIsThatOfBruteForceSeed42() {
        var dice = new Random(42);
        for (int i = 0; i < EVENTS; i++) {
            var transaction = next(dice, i);
            var profile = profiles.getOrDefault(transaction.userId(), Profile.EMPTY);
            if (dice.nextInt(10) == 0) {
                profile = Profile.decode(profile.encode());
            }
            var scored = Tries.SCORER.score(profile, transaction, i, policy);
            profiles.put(transaction.userId(), scored.profile());
            compare(transaction, profile, scored);
        }
        assertThat(met.get("duplicate")).isGreaterThan(EVENTS / 20);
        assertThat(met.get("late")).isGreaterThan(EVENTS / 20);
        assertThat(met.get("out of order, not late")).isGreaterThan(EVENTS / 20);
        assertThat(met.get("tie")).isGreaterThan(EVENTS / 50);
        assertThat(met.get("30 minutes")).isGreaterThan(EVENTS / 100);
        assertThat(met.get("30 minutes less 1")).isGreaterThan(EVENTS / 100);
        assertThat(met.get("30 minutes and 1")).isGreaterThan(EVENTS / 100);
        assertThat(met.get("same id, not duplicate")).isGreaterThan(100);
        assertThat(met.get("sum beyond a long")).isGreaterThan(100);
    }

    @Test
    void pastTheLimitDecisionsAreThoseOverTheNewestEntriesAndSaySoSeed43() {
        var dice = new Random(43);
        var held = new ArrayList<Seen>();
        long dropped = Long.MIN_VALUE;
        var profile = Profile.EMPTY;
        int approximate = 0;
        for (int i = 0; i < 10_000; i++) {
            long micros =
                    Tries.NOON + i * 5 * Tries.MINUTE - dice.nextLong(dice.nextInt(10) == 0 ? Tries.DAY : Tries.HOUR);
            var scored = Tries.SCORER.score(profile, Tries.transaction("u", "t" + i, 10_000, micros), i, policy);
            var decision = Tries.decided(scored);
            long after = micros - 30 * Tries.DAY;
            assertThat(decision.features()[11])
                    .isEqualTo(1
                            + held.stream()
                                    .filter(one -> !one.late() && one.micros() > after && one.micros() <= micros)
                                    .count());
            assertThat(decision.approximate()).isEqualTo(dropped > after);
            approximate += decision.approximate() ? 1 : 0;
            held.add(new Seen("t" + i, micros, 1, decision.late()));
            if (held.size() > Profile.ENTRIES_MAX) {
                int oldest = oldest(held);
                dropped = Math.max(dropped, held.remove(oldest).micros());
            }
            profile = scored.profile();
        }
        assertThat(approximate).isGreaterThan(4_000);
    }

    private static int oldest(List<Seen> held) {
        int oldest = 0;
        for (int i = 1; i < held.size(); i++) {
            oldest = held.get(i).micros() < held.get(oldest).micros() ? i : oldest;
        }
        return oldest;
    }

    private Transaction next(Random dice, int i) {
        var user = "u" + (int) (USERS * dice.nextDouble() * dice.nextDouble());
        var seen = oracle.getOrDefault(user, List.of());
        if (seen.isEmpty()) {
            return Tries.transaction(user, "t" + i, units(user, dice), Tries.NOON + dice.nextLong(Tries.HOUR));
        }
        var last = seen.get(seen.size() - 1);
        var any = seen.get(dice.nextInt(Math.max(0, seen.size() - 50), seen.size()));
        long micros = switch (dice.nextInt(20)) {
            case 0 -> any.micros();
            case 1 -> last.micros() + 30 * Tries.MINUTE;
            case 2 -> last.micros() + 30 * Tries.MINUTE - 1;
            case 3 -> last.micros() + 30 * Tries.MINUTE + 1;
            case 4 -> any.micros() + WINDOWS[dice.nextInt(5)] + dice.nextInt(-1, 2);
            case 5 -> any.micros() - dice.nextLong(40 * Tries.DAY);
            case 6 -> newest(seen) - Tries.HOUR + dice.nextInt(-1, 2);
            case 7, 8, 9 -> newest(seen) - dice.nextLong(Tries.HOUR);
            default -> newest(seen) + dice.nextLong(20 * Tries.MINUTE);
        };
        long units = units(user, dice);
        if (dice.nextInt(12) == 0) {
            long apart = dice.nextInt(4) == 0 ? Tries.DAY * (dice.nextBoolean() ? 1 : -1) + dice.nextInt(-1, 2) : 0;
            return Tries.transaction(user, any.id(), units, any.micros() + apart);
        }
        return Tries.transaction(user, "t" + i, units, micros);
    }

    /** A third of the customers pay like people, a third in sums beyond an int, a third beyond any sum in a long. */
    private static long units(String user, Random dice) {
        return switch (user.hashCode() % 3) {
            case 0 -> dice.nextInt(100_0000);
            case 1 -> dice.nextLong(1L << 1 + dice.nextInt(40));
            default -> 999_999_999_999_999_999L - dice.nextInt(1_000);
        };
    }

    private static long newest(List<Seen> seen) {
        return seen.stream().mapToLong(Seen::micros).max().orElseThrow();
    }

    private void compare(Transaction transaction, Profile before, Scored scored) {
        var seen = oracle.computeIfAbsent(transaction.userId(), _ -> new ArrayList<>());
        long micros = transaction.eventTimeMicros();
        boolean sameId = seen.stream().anyMatch(one -> one.id().equals(transaction.transactionId()));
        boolean duplicate = seen.stream()
                .anyMatch(one ->
                        one.id().equals(transaction.transactionId()) && Math.abs(one.micros() - micros) < Tries.DAY);
        meet(duplicate, "duplicate");
        meet(sameId && !duplicate, "same id, not duplicate");
        if (duplicate) {
            assertThat(scored.outcome()).isEqualTo(new Outcome.Duplicate(transaction));
            assertThat(scored.profile()).isSameAs(before);
            return;
        }
        boolean late = !seen.isEmpty() && micros < newest(seen) - Tries.HOUR;
        meet(late, "late");
        meet(!late && !seen.isEmpty() && micros < newest(seen), "out of order, not late");
        meetGaps(seen, micros);
        assertSame(Tries.decided(scored), seen, transaction, late);
        seen.add(new Seen(transaction.transactionId(), micros, transaction.amountUnits(), late));
    }

    private void meetGaps(List<Seen> seen, long micros) {
        boolean tie = false;
        var gaps = new boolean[3];
        for (var one : seen) {
            long gap = micros - one.micros() - 30 * Tries.MINUTE + 1;
            tie |= one.micros() == micros;
            if (gap >= 0 && gap < gaps.length) {
                gaps[(int) gap] = true;
            }
        }
        meet(tie, "tie");
        meet(gaps[0], "30 minutes less 1");
        meet(gaps[1], "30 minutes");
        meet(gaps[2], "30 minutes and 1");
    }

    private void assertSame(Decision found, List<Seen> seen, Transaction transaction, boolean late) {
        long micros = transaction.eventTimeMicros();
        var counts = new int[WINDOWS.length];
        var averages = new double[WINDOWS.length];
        for (int i = 0; i < WINDOWS.length; i++) {
            long after = micros - WINDOWS[i];
            var sum = BigInteger.ZERO;
            long part = transaction.amountUnits();
            counts[i] = 1;
            for (var one : seen) {
                if (!one.late() && one.micros() > after && one.micros() <= micros) {
                    counts[i]++;
                    part += one.units();
                    if (part > Long.MAX_VALUE / 2) {
                        sum = sum.add(BigInteger.valueOf(part));
                        part = 0;
                    }
                }
            }
            sum = sum.add(BigInteger.valueOf(part));
            meet(sum.bitLength() > 63, "sum beyond a long");
            averages[i] = sum.doubleValue() / 1e4 / counts[i];
        }
        var previous =
                seen.stream().filter(one -> !one.late()).mapToLong(Seen::micros).max();
        double amount = transaction.amountUnits() / 1e4;
        assertThat(found.late()).isEqualTo(late);
        assertThat(found.approximate()).isFalse();
        assertThat(found.count30m()).isEqualTo(counts[0]);
        assertThat(found.features()[0]).isEqualTo((float) amount);
        assertThat(java.util.Arrays.copyOfRange(found.features(), 5, 15))
                .containsExactly(
                        counts[0],
                        counts[1],
                        counts[2],
                        (float) averages[2],
                        counts[3],
                        (float) averages[3],
                        counts[4],
                        (float) averages[4],
                        averages[4] == 0 ? Float.NaN : (float) (amount / averages[4]),
                        previous.isEmpty() ? Float.NaN : (float) ((micros - previous.getAsLong()) / 1e6));
    }

    private void meet(boolean holds, String what) {
        if (holds) {
            met.merge(what, 1, Integer::sum);
        }
    }
}
