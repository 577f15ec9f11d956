package riskcluster.simulation.fault;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import riskcluster.contracts.step.Step;
import riskcluster.lakehouse.maintain.MaintainSteps;

/** What a seed has in store: which call fails and how, and at which steps a process dies. */
public final class Fate {

    private static final int OF_CALLS = 1_000;

    /** How many of a thousand calls meet each fault. */
    private static final int FAILED = 8;

    private static final int LOST = 8;
    private static final int LATE = 14;
    private static final int DOUBLED = 14;
    private static final int KILLED = 2;
    private static final int DELAYED = 12;
    private static final int STALLED = 20;
    private static final int STALLED_OFTEN = 400;
    private static final int SEEN_LATE = 60;
    private static final int FAVOURED = 250;

    /** Of calls that are made for a few records each, so many times fewer. */
    private static final int OFTEN = 4;

    private static final List<Enum<?>> STEPS = Stream.<Enum<?>>concat(
                    Stream.of(Step.values()), Stream.of(MaintainSteps.Step.values()))
            .toList();
    private static final int DEATHS_AT_STEPS = 5;

    private final SplittableRandom chance;
    private final Plant plant;
    private final Map<Fault, Integer> met = new EnumMap<>(Fault.class);
    private final Map<Enum<?>, Integer> reached = new LinkedHashMap<>();
    private final Map<Enum<?>, Integer> deadly = new LinkedHashMap<>();
    private final Map<Enum<?>, Integer> died = new LinkedHashMap<>();
    private boolean calm;

    /** The fate of a seed, with a planted mistake or {@link Plant#NONE}. */
    public Fate(long seed, Plant plant) {
        this.chance = new SplittableRandom(seed);
        this.plant = plant;
        for (int i = 0; i < DEATHS_AT_STEPS; i++) {
            int at = (int) Math.floorMod(seed * DEATHS_AT_STEPS + i, (long) STEPS.size());
            deadly.put(STEPS.get(at), 1 + chance.nextInt(3));
        }
    }

    /** Whether this mistake is built in. */
    public boolean planted(Plant mistake) {
        return plant == mistake;
    }

    /** From here on nothing goes wrong. */
    public void calmDown() {
        calm = true;
    }

    public boolean isCalm() {
        return calm;
    }

    /** A number from 0 to before {@code bound}. */
    public int below(int bound) {
        return chance.nextInt(bound);
    }

    /** A number of microseconds, between two of milliseconds. */
    public long micros(int fromMillis, int toMillis) {
        return 1_000L * fromMillis + chance.nextInt(1_000 * (toMillis - fromMillis));
    }

    /** What happens to this call; empty where nothing does. */
    public Optional<Fault> of(Call call) {
        if (calm) {
            return Optional.empty();
        }
        var favoured = favoured(call);
        if (favoured.isPresent() && chance.nextInt(OF_CALLS) < FAVOURED) {
            meet(favoured.get());
            return favoured;
        }
        int at = chance.nextInt(call.isFrequent() ? OFTEN * OF_CALLS : OF_CALLS);
        Fault fault = null;
        if ((at -= FAILED) < 0) {
            fault = Fault.CALL_FAILED;
        } else if ((at -= KILLED) < 0) {
            fault = Fault.KILLED_IN_CALL;
        } else if ((at -= LOST) < 0) {
            fault = Fault.ANSWER_LOST;
        } else if (call.isChanging() && (at -= LATE) < 0) {
            fault = Fault.LANDED_LATE;
        } else if (call.isChanging() && (at -= DOUBLED) < 0) {
            fault = Fault.DOUBLED;
        } else if (call == Call.COMMIT_ALERTS && at < SEEN_LATE) {
            fault = Fault.ALERTS_SEEN_LATE;
        }
        if (fault != null) {
            meet(fault);
        }
        return Optional.ofNullable(fault);
    }

    /** A fault without which a planted mistake never shows. */
    private Optional<Fault> favoured(Call call) {
        return Optional.ofNullable(
                switch (plant) {
                    case SAVE_TAKEN_FOR_GRANTED -> call == Call.SAVE ? Fault.LANDED_LATE : null;
                    case BUMP_BY_THE_DEPOSED, CLEANED_WITHOUT_PROOF -> call == Call.LAND ? Fault.ANSWER_LOST : null;
                    case UNSTABLE_CURSOR -> call == Call.COMMIT_ALERTS ? Fault.ALERTS_SEEN_LATE : null;
                    case FILE_NOT_CONFIRMED -> call == Call.PUT_FILE ? Fault.CALL_FAILED : null;
                    default -> null;
                });
    }

    /** How long the way to the world takes, in microseconds. */
    public long wayMicros(Call call) {
        long usual = 200 + chance.nextInt(3_000);
        if (calm) {
            return usual;
        }
        if (plant == Plant.EPOCH_NOT_SEEN_AGAIN
                && (call == Call.OPEN_PRODUCER || call == Call.PLACE_POLICY)
                && chance.nextInt(OF_CALLS) < STALLED_OFTEN) {
            meet(Fault.STARTER_STALLED);
            return micros(20, 200);
        }
        int at = chance.nextInt(call.isFrequent() ? OFTEN * OF_CALLS : OF_CALLS);
        if (call.isStarting() && at < STALLED) {
            meet(Fault.STARTER_STALLED);
            return micros(100, 2_500);
        }
        if (at < DELAYED) {
            meet(Fault.DELAYED);
            return micros(20, 800);
        }
        return usual;
    }

    /** Counts a fault. */
    public void meet(Fault fault) {
        met.merge(fault, 1, Integer::sum);
    }

    /** Whether a process dies here. */
    public boolean isDeadly(Enum<?> step) {
        reached.merge(step, 1, Integer::sum);
        if (calm) {
            return false;
        }
        var left = deadly.get(step);
        if (left == null) {
            return false;
        }
        if (left > 1) {
            deadly.put(step, left - 1);
            return false;
        }
        deadly.remove(step);
        died.merge(step, 1, Integer::sum);
        meet(Fault.KILLED_AT_STEP);
        return true;
    }

    /** How often each fault was met. */
    public Map<Fault, Integer> met() {
        return met;
    }

    /** How often each step was reached. */
    public Map<Enum<?>, Integer> reached() {
        return reached;
    }

    /** How often a process died at each step. */
    public Map<Enum<?>, Integer> died() {
        return died;
    }
}
