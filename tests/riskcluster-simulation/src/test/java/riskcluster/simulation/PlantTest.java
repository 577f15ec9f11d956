package riskcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static riskcluster.simulation.fault.Invariant.AlertIdsStable;
import static riskcluster.simulation.fault.Invariant.AlertsExactlyOnce;
import static riskcluster.simulation.fault.Invariant.CursorNeverGoesBack;
import static riskcluster.simulation.fault.Invariant.DecisionsFollowTheLog;
import static riskcluster.simulation.fault.Invariant.GoldEqualsSilver;
import static riskcluster.simulation.fault.Invariant.NothingLost;
import static riskcluster.simulation.fault.Invariant.NothingReferencedIsMissing;
import static riskcluster.simulation.fault.Invariant.NothingTwice;
import static riskcluster.simulation.fault.Invariant.OffsetsEqualAcrossTables;
import static riskcluster.simulation.fault.Invariant.OneOwner;
import static riskcluster.simulation.fault.Invariant.ProfileNeverAhead;
import static riskcluster.simulation.fault.Invariant.RunsDry;
import static riskcluster.simulation.fault.Invariant.StarFollowsTheLog;
import static riskcluster.simulation.fault.Invariant.WindowsFollowTheLog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import riskcluster.simulation.fault.Invariant;
import riskcluster.simulation.fault.Plant;

/** Each planted mistake is caught by the invariant that it breaks, within the first seeds. */
class PlantTest {

    /** Every seed up to here may be needed for the rarest. */
    private static final int SEEDS_MAX = 300;

    /** The invariant that must catch a plant, and what else it may break first in another seed. */
    private record Caught(Invariant by, Set<Invariant> orBy) {}

    private static final Map<Plant, Caught> EXPECTED = new EnumMap<>(Plant.class);

    static {
        expect(Plant.SKIPPED_ROW, NothingLost);
        expect(Plant.DOUBLED_COMMIT, NothingTwice);
        expect(Plant.SWAPPED_OFFSET, OffsetsEqualAcrossTables);
        expect(Plant.HALF_A_BATCH, OffsetsEqualAcrossTables);
        expect(Plant.ALERT_BEFORE_CURSOR, AlertsExactlyOnce);
        expect(Plant.ALERTS_ACKNOWLEDGED_EARLY, ProfileNeverAhead, AlertsExactlyOnce);
        expect(Plant.STALE_EPOCH_ACCEPTED, OneOwner);
        expect(Plant.STALE_COMMITTER_ACCEPTED, OneOwner);
        expect(Plant.CURSORS_BEFORE_FENCE, AlertsExactlyOnce);
        expect(Plant.WINDOW_OFF_BY_ONE, WindowsFollowTheLog);
        expect(Plant.EPOCH_NOT_SEEN_AGAIN, AlertIdsStable, AlertsExactlyOnce, StarFollowsTheLog);
        expect(Plant.POLICY_AT_OLD_END, AlertIdsStable, DecisionsFollowTheLog);
        expect(
                Plant.SAVE_TAKEN_FOR_GRANTED,
                CursorNeverGoesBack,
                AlertIdsStable,
                WindowsFollowTheLog,
                DecisionsFollowTheLog,
                StarFollowsTheLog,
                RunsDry);
        // A partition that sees its alert cursor behind what was noted of it stands still, and the run with it.
        expect(Plant.UNSTABLE_CURSOR, AlertsExactlyOnce, RunsDry);
        expect(Plant.DATA_CURSOR_NOTED, AlertsExactlyOnce, ProfileNeverAhead, RunsDry);
        expect(
                Plant.PROFILES_FROM_OLD_COPY,
                AlertIdsStable,
                WindowsFollowTheLog,
                DecisionsFollowTheLog,
                StarFollowsTheLog);
        expect(Plant.OPEN_WINDOWS_NOT_SAVED, AlertIdsStable, DecisionsFollowTheLog, AlertsExactlyOnce);
        expect(Plant.TEMPOS_NOT_SAVED, AlertIdsStable, DecisionsFollowTheLog, AlertsExactlyOnce);
        expect(Plant.STANDINGS_NOT_SAVED, StarFollowsTheLog);
        expect(Plant.BUMP_BY_THE_DEPOSED, OneOwner);
        expect(Plant.CLEANED_WITHOUT_PROOF, NothingReferencedIsMissing);
        expect(Plant.FILE_NOT_CONFIRMED, NothingReferencedIsMissing);
        expect(Plant.GOLD_BY_REMEMBERED_NAMES, GoldEqualsSilver);
        expect(Plant.STALE_MAINTENANCE_ACCEPTED, OneOwner);
        expect(Plant.SWEPT_WITHOUT_EPOCH, NothingReferencedIsMissing);
        expect(Plant.REWRITE_OF_OLD_SNAPSHOT, NothingLost, GoldEqualsSilver, NothingReferencedIsMissing);
    }

    private static void expect(Plant plant, Invariant by, Invariant... orBy) {
        var all = EnumSet.of(by, orBy);
        EXPECTED.put(plant, new Caught(by, all));
    }

    @ParameterizedTest
    @EnumSource(value = Plant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedMistakeIsCaughtByTheInvariantThatItBreaks(Plant plant) {
        var expected = EXPECTED.get(plant);
        assertThat(expected).as("what must catch " + plant).isNotNull();
        var caught = Seeds.onOneCarrier(() -> {
            var broken = new ArrayList<Run>();
            for (long seed = 1; seed <= SEEDS_MAX; seed++) {
                var run = Simulation.run(seed, plant, true, false);
                run.violation().ifPresent(violation -> broken.add(run));
                if (run.violation()
                        .filter(violation -> violation.invariant() == expected.by())
                        .isPresent()) {
                    break;
                }
            }
            return broken;
        });
        assertThat(caught).as(plant + " within " + SEEDS_MAX + " seeds").isNotEmpty();
        assertThat(caught)
                .allSatisfy(run -> assertThat(expected.orBy())
                        .as(() -> Replay.said(run) + "; " + Replay.command(run.seed(), plant))
                        .contains(run.violation().orElseThrow().invariant()));
        assertThat(caught.getLast().violation().orElseThrow().invariant())
                .as(() -> Replay.said(caught.getLast()))
                .isEqualTo(expected.by());
    }
}
