package riskcluster.actors.partition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.alert.CursorNote;
import riskcluster.actors.alert.Loud;
import riskcluster.actors.anomaly.Beside;
import riskcluster.actors.customer.Round;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.LogPartition;

/**
 * The three cursors of a running partition: told what happened, it says what is to be done next. It does nothing
 * itself, knows no clock, and each of its methods is a function of what it was told before.
 *
 * <ul>
 *   <li>each output begins at its own cursor, so what a predecessor has let out is not let out again;
 *   <li>one commit, one seal and one save are under way at a time;
 *   <li>a cut of the profiles is held until the alert and the data cursor are both at or past it.
 * </ul>
 */
public final class Progress {

    private long position;
    private PartitionState state;
    private int leaderEpoch = -1;

    private long alertsCommitted;
    private boolean loudPending;
    private boolean committing;

    private long sealed;
    private long recordsUnsealed;
    private boolean sealing;

    private long profilesSaved;
    private final Optional<Followers> followers;
    private final Changed changed = new Changed();

    /** Of the customers in {@code changed}; of none where nobody follows. */
    private Map<String, Beside> besides = new HashMap<>();

    private @Nullable Cut cut;
    private boolean saving;

    /** Every profile as it was after offset {@code at}. */
    private record Cut(
            long at, int leaderEpoch, PartitionState state, List<Changed.One> changed, Map<String, Beside> besides) {}

    /** A partition that begins to read at its profile cursor, without gold. */
    public Progress(long profilesSaved, long alertsCommitted, long sealed, PartitionState state) {
        this(profilesSaved, alertsCommitted, sealed, state, Optional.empty());
    }

    /**
     * A partition that begins to read at its profile cursor.
     *
     * @param followers of gold; they stand where the state does
     */
    Progress(
            long profilesSaved,
            long alertsCommitted,
            long sealed,
            PartitionState state,
            Optional<Followers> followers) {
        this.position = profilesSaved;
        this.profilesSaved = profilesSaved;
        this.alertsCommitted = alertsCommitted;
        this.sealed = sealed;
        this.state = state;
        this.followers = followers;
    }

    /** A round has gone through the customers; rounds come in the log's order. */
    public List<Effect> scored(Round round, List<Judged> scored) {
        if (round.from() != position) {
            throw new IllegalStateException("a round from " + round.from() + " came at position " + position);
        }
        position = round.to();
        leaderEpoch = round.leaderEpoch();
        PartitionState before = state;
        var judged = followers.map(each -> each.follow(scored)).orElse(scored);
        state = seen(before, judged);
        changed.add(round);
        followers.ifPresent(each -> remember(each, round));
        var effects = new ArrayList<Effect>(2);
        publish(judged, effects);
        write(before, judged, effects);
        return effects;
    }

    /** To be saved with every profile: after the round was followed, this is what stands beside them after it. */
    private void remember(Followers following, Round round) {
        round.customers().forEach(customer -> besides.put(customer, following.beside(customer)));
    }

    private static PartitionState seen(PartitionState before, List<Judged> judged) {
        long watermark = before.watermarkMicros();
        for (Judged each : judged) {
            watermark = Math.max(watermark, each.outcome().watermarkMicros());
        }
        return before.seen(watermark);
    }

    private void publish(List<Judged> judged, List<Effect> effects) {
        List<Judged> loud = List.of();
        for (Judged each : judged) {
            if (Loud.is(each) && each.record().offset() >= alertsCommitted) {
                loud = loud.isEmpty() ? new ArrayList<>() : loud;
                loud.add(each);
            }
        }
        if (!loud.isEmpty()) {
            loudPending = true;
            effects.add(new Effect.Publish(loud));
        }
    }

    private void write(PartitionState before, List<Judged> judged, List<Effect> effects) {
        if (position <= sealed) {
            return;
        }
        var rows = judged;
        var beforeRows = before;
        if (!judged.isEmpty() && judged.getFirst().record().offset() < sealed) {
            rows = judged.stream()
                    .filter(each -> each.record().offset() >= sealed)
                    .toList();
            beforeRows = seen(before, judged.subList(0, judged.size() - rows.size()));
        }
        recordsUnsealed += rows.size();
        effects.add(new Effect.Write(rows, position, beforeRows.watermarkMicros()));
    }

    /** It is time to commit alerts, if there are any. */
    public List<Effect> alertsDue() {
        return loudPending ? commitAlerts() : List.of();
    }

    private List<Effect> commitAlerts() {
        if (committing || position <= alertsCommitted) {
            return List.of();
        }
        committing = true;
        loudPending = false;
        return List.of(new Effect.CommitAlerts(position));
    }

    /** It is time for a checkpoint. The alert cursor moves at least as often, alerts or not. */
    public List<Effect> checkpointDue() {
        var effects = new ArrayList<>(commitAlerts());
        if (!sealing && position > sealed) {
            sealing = true;
            effects.add(new Effect.Seal(sealed, position, alertsCommitted, state.watermarkMicros(), recordsUnsealed));
            recordsUnsealed = 0;
        }
        return effects;
    }

    /** It is time to save profiles. */
    public List<Effect> profilesDue() {
        if (cut == null && position > profilesSaved) {
            var cutState = followers.map(each -> state.with(each.open())).orElse(state);
            cut = new Cut(position, leaderEpoch, cutState, changed.cut(), besides);
            besides = new HashMap<>();
        }
        return saveIfPassed();
    }

    /** It is time to go: the profiles are cut, and alerts and files follow so that the cut can be saved. */
    public List<Effect> leaveDue() {
        var effects = new ArrayList<>(profilesDue());
        var due = cut;
        if (due != null && (due.at() > alertsCommitted || due.at() > sealed)) {
            effects.addAll(checkpointDue());
        }
        return effects;
    }

    /** Whether alerts are published that no commit has been told of yet. */
    public boolean hasOpenAlerts() {
        return committing || loudPending;
    }

    /** The alert cursor is committed. */
    public List<Effect> alertsCommitted(long cursor) {
        alertsCommitted = cursor;
        committing = false;
        return saveIfPassed();
    }

    /** The data cursor is sealed. */
    public List<Effect> sealed(long to) {
        sealed = to;
        sealing = false;
        return saveIfPassed();
    }

    /** The profile cursor never passes the others. */
    private List<Effect> saveIfPassed() {
        var due = cut;
        if (due == null || saving || due.at() > alertsCommitted || due.at() > sealed) {
            return List.of();
        }
        saving = true;
        return List.of(
                new Effect.Save(profilesSaved, due.at(), due.leaderEpoch(), due.state(), due.changed(), due.besides()));
    }

    /** The profile cursor is saved. */
    public void saved(long to) {
        profilesSaved = to;
        saving = false;
        cut = null;
    }

    /** Whether a seal is under way. */
    boolean isSealing() {
        return sealing;
    }

    /** Changed profiles that are not saved. */
    int profilesUnsaved() {
        var held = cut;
        return changed.size() + (held == null ? 0 : held.changed().size());
    }

    /** Offsets decided and not sealed. */
    long unsealed() {
        return Math.max(0, position - sealed);
    }

    /** What is noted beside the alert cursor while records are scored up to {@link #position}. */
    public CursorNote note(long epoch) {
        return new CursorNote(epoch, sealed, profilesSaved, leaderEpoch);
    }

    /** Offset up to which records are scored. */
    public long position() {
        return position;
    }

    /** Offset up to which profiles are saved. */
    public long profilesSaved() {
        return profilesSaved;
    }

    /** Where the cursors stand. */
    public Partition.Described describe(LogPartition source, long epoch, int customers) {
        return new Partition.Described(
                source, epoch, position, alertsCommitted, sealed, profilesSaved, customers, Optional.empty());
    }
}
