package riskcluster.simulation.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.ledger.Cursors;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.ProfileCut;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.ledger.StoredProfile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.simulation.fault.Fate;
import riskcluster.simulation.fault.Invariant;
import riskcluster.simulation.fault.Plant;
import riskcluster.simulation.world.Line.Way;

/** The partitions' rows in Postgres; each method is one transaction. */
final class Postgres {

    private final Fate fate;
    private final Book book;
    private final Store store;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<LogPartition, Rows> partitions = new HashMap<>();
    private final Map<String, StoredPolicy> policies = new HashMap<>();
    private final List<Sealed> checkpoints = new ArrayList<>();
    private final Map<LogPartition, AlertTopic> alerts = new HashMap<>();

    /** A scope's epoch row, and who has been deposed. */
    private static final class Place {
        private long epoch;
        private @Nullable UUID incarnation;
        private final Set<UUID> deposed = new HashSet<>();
    }

    /** A partition's cursors and profiles. */
    private static final class Rows {
        private String topicId = "";
        private long data;
        private long alertNoted;
        private long profile;
        private int leaderEpoch = -1;
        private byte[] state = new byte[0];
        private final List<PolicySwitch> switches = new ArrayList<>();
        private final Map<String, StoredProfile> profiles = new HashMap<>();
        private Map<String, StoredProfile> before = Map.of();
    }

    /** A checkpoint's row. */
    static final class Sealed {
        final long id;
        final Checkpoint checkpoint;
        private @Nullable Long batch;

        Sealed(long id, Checkpoint checkpoint) {
            this.id = id;
            this.checkpoint = checkpoint;
        }

        boolean isWaiting() {
            return batch == null;
        }

        void mark(long committedWith) {
            batch = committedWith;
        }
    }

    Postgres(Fate fate, Book book, Store store) {
        this.fate = fate;
        this.book = book;
        this.store = store;
    }

    /** Where the alerts of a partition are, for the invariants that look at both. */
    void alertsOf(LogPartition source, AlertTopic topic) {
        alerts.put(source, topic);
    }

    Ownership take(String scope, UUID incarnation) {
        var place = places.computeIfAbsent(scope, absent -> new Place());
        if (place.incarnation != null && !place.incarnation.equals(incarnation)) {
            place.deposed.add(place.incarnation);
        }
        place.deposed.remove(incarnation);
        place.epoch++;
        place.incarnation = incarnation;
        return new Ownership(scope, place.epoch, incarnation);
    }

    Ownership take(LogPartition source, UUID incarnation, String topicId, long firstOffset) {
        var rows = partitions.computeIfAbsent(source, absent -> {
            var fresh = new Rows();
            fresh.topicId = topicId;
            fresh.data = firstOffset;
            fresh.profile = firstOffset;
            return fresh;
        });
        rows.before = Map.copyOf(rows.profiles);
        return take(source.toString(), incarnation);
    }

    /** The number that was handed out last; 0 where none was. */
    long epoch(String scope) {
        var place = places.get(scope);
        return place == null ? 0 : place.epoch;
    }

    /** The numbers that were handed out last. */
    Map<String, Long> epochs() {
        var epochs = new HashMap<String, Long>();
        places.forEach((scope, place) -> epochs.put(scope, place.epoch));
        return epochs;
    }

    /**
     * A transaction without answer has changed the epoch row, and so locks it: it lands before any other that changes
     * the row, or never.
     */
    void unchanged(Way way, String scope, long seen) {
        if (way == Way.LATE && epoch(scope) != seen) {
            throw new Refusal("the epoch row of " + scope + " was another's meanwhile");
        }
    }

    /** Bumps where the row is still this incarnation's. */
    Optional<Ownership> bump(Ownership owner) {
        var place = places.get(owner.scope());
        boolean mine = place != null
                && place.epoch >= owner.epoch()
                && owner.incarnation().equals(place.incarnation);
        if (place == null || !mine && !fate.planted(Plant.BUMP_BY_THE_DEPOSED)) {
            return Optional.empty();
        }
        place.epoch++;
        place.incarnation = owner.incarnation();
        return Optional.of(new Ownership(owner.scope(), place.epoch, owner.incarnation()));
    }

    boolean stands(Ownership owner) {
        var place = places.get(owner.scope());
        return place != null
                && place.epoch == owner.epoch()
                && owner.incarnation().equals(place.incarnation);
    }

    /** Only the newest owner changes anything; to be called where something changes. */
    void oneOwner(Ownership owner, String what) {
        var place = places.get(owner.scope());
        book.must(
                Invariant.OneOwner,
                stands(owner) && place != null && !place.deposed.contains(owner.incarnation()),
                () -> what + " under epoch " + owner.epoch() + " of " + owner.scope() + ", which is over");
    }

    Optional<Cursors> read(Ownership owner, LogPartition source) {
        if (!stands(owner) && !fate.planted(Plant.EPOCH_NOT_SEEN_AGAIN)) {
            return Optional.empty();
        }
        var rows = rows(source);
        return Optional.of(new Cursors(
                rows.topicId,
                rows.data,
                rows.alertNoted,
                rows.profile,
                rows.leaderEpoch,
                rows.state,
                List.copyOf(rows.switches)));
    }

    Answer seal(Ownership owner, Checkpoint checkpoint) {
        if (!stands(owner) && !fate.planted(Plant.STALE_EPOCH_ACCEPTED)) {
            return Answer.FENCED;
        }
        var rows = rows(checkpoint.source());
        if (rows.data != checkpoint.from()) {
            return Answer.MOVED;
        }
        oneOwner(owner, "a seal");
        book.must(
                Invariant.CursorNeverGoesBack,
                checkpoint.to() >= rows.data,
                () -> "the data cursor of " + checkpoint.source() + " goes from " + rows.data + " to "
                        + checkpoint.to());
        checkpoint
                .files()
                .forEach(file -> book.must(
                        Invariant.NothingReferencedIsMissing,
                        store.has(file.path()),
                        () -> "a checkpoint of " + checkpoint.source() + " names " + file.path()
                                + ", which is not there"));
        rows.data = checkpoint.to();
        rows.alertNoted = fate.planted(Plant.DATA_CURSOR_NOTED) ? checkpoint.to() : checkpoint.alertCursor();
        checkpoints.add(new Sealed(checkpoints.size() + 1L, checkpoint));
        return Answer.DONE;
    }

    Answer save(Ownership owner, ProfileCut cut) {
        if (!stands(owner) && !fate.planted(Plant.STALE_EPOCH_ACCEPTED)) {
            return Answer.FENCED;
        }
        var rows = rows(cut.source());
        if (rows.profile != cut.from() && !fate.planted(Plant.SAVE_TAKEN_FOR_GRANTED)) {
            return Answer.MOVED;
        }
        oneOwner(owner, "a save");
        book.must(
                Invariant.CursorNeverGoesBack,
                cut.to() >= rows.profile,
                () -> "the profile cursor of " + cut.source() + " goes from " + rows.profile + " to " + cut.to());
        long alertCursor = alerts(cut.source()).everCommitted();
        book.must(
                Invariant.ProfileNeverAhead,
                cut.to() <= rows.data && cut.to() <= alertCursor,
                () -> "profiles of " + cut.source() + " are saved up to " + cut.to() + ", data " + rows.data
                        + ", alerts " + alertCursor);
        rows.profile = cut.to();
        rows.leaderEpoch = cut.leaderEpoch();
        rows.state = Saved.state(fate, cut.partitionState());
        cut.changed().forEach(profile -> rows.profiles.put(profile.userId(), Saved.profile(fate, profile)));
        return Answer.DONE;
    }

    Answer place(
            Ownership owner, LogPartition source, Optional<PolicySwitch> previous, long offset, StoredPolicy policy) {
        if (!stands(owner) && !fate.planted(Plant.STALE_EPOCH_ACCEPTED)) {
            return Answer.FENCED;
        }
        var rows = rows(source);
        var last = rows.switches.isEmpty() ? Optional.<PolicySwitch>empty() : Optional.of(rows.switches.getLast());
        if (!last.equals(previous) || last.isPresent() && last.get().offset() > offset) {
            return Answer.MOVED;
        }
        oneOwner(owner, "a policy");
        policies.put(policy.version(), policy);
        rows.switches.add(new PolicySwitch(offset, policy.version()));
        alerts(source).stillRight();
        return Answer.DONE;
    }

    Optional<StoredPolicy> policy(String version) {
        return Optional.ofNullable(policies.get(version));
    }

    List<StoredProfile> profiles(LogPartition source, Collection<String> userIds) {
        var rows = rows(source);
        var read = fate.planted(Plant.PROFILES_FROM_OLD_COPY) ? rows.before : rows.profiles;
        var found = new ArrayList<StoredProfile>();
        for (var user : userIds) {
            var profile = read.get(user);
            if (profile != null) {
                found.add(profile);
            }
        }
        return found;
    }

    List<PolicySwitch> switches(LogPartition source) {
        return rows(source).switches;
    }

    String policyAt(LogPartition source, long offset) {
        return Truth.version(switches(source), offset);
    }

    List<Sealed> waiting() {
        return checkpoints.stream().filter(Sealed::isWaiting).toList();
    }

    List<Sealed> checkpoints() {
        return checkpoints;
    }

    long data(LogPartition source) {
        return partitions.containsKey(source) ? rows(source).data : 0;
    }

    long profile(LogPartition source) {
        return partitions.containsKey(source) ? rows(source).profile : 0;
    }

    private Rows rows(LogPartition source) {
        var rows = partitions.get(source);
        if (rows == null) {
            throw new IllegalStateException(source + " has no rows");
        }
        return rows;
    }

    private AlertTopic alerts(LogPartition source) {
        var topic = alerts.get(source);
        if (topic == null) {
            throw new IllegalStateException(source + " has no alert topic");
        }
        return topic;
    }
}
