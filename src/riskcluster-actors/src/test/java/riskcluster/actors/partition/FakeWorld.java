package riskcluster.actors.partition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.alert.AlertChannel;
import riskcluster.actors.alert.AlertLog;
import riskcluster.actors.alert.CursorNote;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.log.Fetch;
import riskcluster.actors.log.InputLog;
import riskcluster.actors.log.LogReader;
import riskcluster.actors.log.RangeMissing;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.lake.Lake;
import riskcluster.contracts.lake.PartitionWriter;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.ledger.Cursors;
import riskcluster.contracts.ledger.ErasedCustomer;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.PartitionLedger;
import riskcluster.contracts.ledger.Pause;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.ProfileCut;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.ledger.StoredProfile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.contracts.trace.RecordTrace;

/** Kafka, Postgres and the lake as one partition sees them, in memory; any thread may call. */
final class FakeWorld implements PartitionLedger, AlertLog, InputLog, Lake {

    volatile String topicId = "topic-1";
    volatile long endOffset;
    volatile long dataCursor;
    volatile long alertNoted;
    volatile long profileCursor;
    volatile long lastPublished;

    volatile @Nullable Long alertCursor = 0L;

    volatile Optional<CursorNote> noted = Optional.empty();
    volatile byte[] partitionState = new byte[0];

    volatile SchemaRegistry schemas = SchemaRegistry.empty();
    volatile long avroAt = -1;
    volatile Policy wanted = PolicyFile.bundled("default");
    final List<PolicySwitch> switches = new CopyOnWriteArrayList<>();

    final List<Long> published = new CopyOnWriteArrayList<>();
    final List<Long> rows = new CopyOnWriteArrayList<>();
    final List<Checkpoint> checkpoints = new CopyOnWriteArrayList<>();
    final Map<String, StoredProfile> saved = new ConcurrentHashMap<>();
    volatile List<ErasedCustomer> erased = List.of();
    final List<UUID> acknowledged = new CopyOnWriteArrayList<>();
    final List<Long> tombstones = new CopyOnWriteArrayList<>();
    volatile long missingFrom = Long.MAX_VALUE;
    volatile Optional<Pause> pause = Optional.empty();
    volatile long restsAt = -1;
    volatile long rewoundEpoch = -1;
    volatile PartitionMeter meter = PartitionMeter.NONE;
    volatile boolean refuseOneSeal;
    volatile boolean postgresAway;
    volatile boolean storeAway;
    volatile int customersMax = 1_000;
    volatile Pace pace = new Pace(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(40), 1_000);
    Executor blocking = Runnable::run;

    private final Map<String, StoredPolicy> policies = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private static final int FETCH_MAX = 7;

    private final Map<String, List<Long>> staged = new ConcurrentHashMap<>();
    private volatile @Nullable Ownership owner;
    private String notedTopicId = "";

    static Policy otherPolicy() {
        return PolicyFile.bundled("card-terminals");
    }

    Opening begin() {
        return new Opening.Begin(UUID.randomUUID());
    }

    List<String> calls() {
        return calls;
    }

    PartitionPorts ports() {
        return new PartitionPorts(
                this,
                this,
                this,
                this,
                new Decoder(id -> schemas.schema(id)),
                Records.scorer(),
                wanted,
                Optional.empty(),
                false,
                source -> meter,
                source -> RecordTrace.NONE,
                new Pace(pace.alert(), pace.checkpoint(), pace.profile(), customersMax),
                Steps.UNHEARD,
                blocking,
                () -> 0L);
    }

    @Override
    public synchronized Ownership take(LogPartition source, UUID incarnation, String topic, long firstOffset) {
        answer(postgresAway, "Postgres");
        calls.add("take");
        long epoch = owner == null ? 1 : owner.epoch() + 1;
        if (owner == null) {
            notedTopicId = topic;
        }
        owner = new Ownership(source.toString(), epoch, incarnation);
        return owner;
    }

    @Override
    public Optional<Cursors> read(Ownership asking, LogPartition source) {
        answer(postgresAway, "Postgres");
        calls.add("read cursors");
        return asking.equals(owner)
                ? Optional.of(new Cursors(
                        notedTopicId, dataCursor, alertNoted, profileCursor, -1, partitionState, List.copyOf(switches)))
                : Optional.empty();
    }

    @Override
    public Answer place(
            Ownership asking, LogPartition source, Optional<PolicySwitch> previous, long offset, StoredPolicy policy) {
        policies.put(policy.version(), policy);
        switches.add(new PolicySwitch(offset, policy.version()));
        return Answer.DONE;
    }

    /** As an erasure does it: nobody from before can seal or save, and the next owner hears of the customer. */
    void erase(String userId) {
        take(Records.SOURCE, UUID.randomUUID(), topicId, 0);
        erased = List.of(new ErasedCustomer(
                UUID.randomUUID(), Records.scorer().pseudonyms().erasureTag(1, userId)));
        saved.remove(userId);
    }

    @Override
    public List<ErasedCustomer> erased() {
        return erased;
    }

    @Override
    public void acknowledge(Ownership asking, LogPartition source, List<ErasedCustomer> known) {
        known.forEach(customer -> acknowledged.add(customer.erasure()));
    }

    @Override
    public Optional<Pause> pause(LogPartition source) {
        return pause;
    }

    @Override
    public void rests(Ownership asking, LogPartition source, long position) {
        if (asking.equals(owner)) {
            restsAt = position;
        }
    }

    @Override
    public long rewoundEpoch(LogPartition source) {
        return rewoundEpoch;
    }

    @Override
    public Optional<StoredPolicy> policy(String version) {
        return Optional.ofNullable(policies.get(version));
    }

    @Override
    public AlertChannel open(LogPartition source) {
        calls.add("open producer");
        return new AlertChannel() {
            private final List<Long> pending = new ArrayList<>();

            @Override
            public OptionalLong cursor() {
                calls.add("read alert cursor");
                return alertCursor == null ? OptionalLong.empty() : OptionalLong.of(alertCursor);
            }

            @Override
            public long lastPublished() {
                return lastPublished;
            }

            @Override
            public void send(Judged judged) {
                pending.add(judged.record().offset());
            }

            @Override
            public void commit(long cursor) {
                published.addAll(pending);
                pending.clear();
                alertCursor = cursor;
            }

            @Override
            public void commit(long cursor, CursorNote note) {
                commit(cursor);
                noted = Optional.of(note);
            }

            @Override
            public Optional<CursorNote> noted() {
                return noted;
            }

            @Override
            public void close() {
                calls.add("close producer");
            }
        };
    }

    @Override
    public String topicId(LogPartition source) {
        return topicId;
    }

    @Override
    public long firstOffset(LogPartition source) {
        return 0;
    }

    @Override
    public long endOffset(LogPartition source) {
        return endOffset;
    }

    @Override
    public LogReader open(LogPartition source, long from, int leaderEpoch) {
        return new LogReader() {
            private long position = from;

            @Override
            public Fetch next() {
                if (position >= missingFrom) {
                    throw new RangeMissing(source, position, "a test took it away");
                }
                long to = Math.min(endOffset, position + FETCH_MAX);
                var fetch = new Fetch(position, to, 0, endOffset - to, Records.between(position, to, avroAt));
                position = to;
                return fetch;
            }

            @Override
            public void close() {
                calls.add("close reader");
            }
        };
    }

    @Override
    public synchronized Answer seal(Ownership asking, Checkpoint checkpoint) {
        answer(postgresAway, "Postgres");
        if (refuseOneSeal) {
            refuseOneSeal = false;
            return Answer.FENCED;
        }
        if (!asking.equals(owner)) {
            return Answer.FENCED;
        }
        if (checkpoint.from() != dataCursor) {
            return Answer.MOVED;
        }
        dataCursor = checkpoint.to();
        alertNoted = checkpoint.alertCursor();
        checkpoints.add(checkpoint);
        checkpoint.files().forEach(file -> rows.addAll(staged.get(file.path())));
        return Answer.DONE;
    }

    @Override
    public synchronized Answer save(Ownership asking, ProfileCut cut) {
        answer(postgresAway, "Postgres");
        if (!asking.equals(owner)) {
            return Answer.FENCED;
        }
        if (cut.from() != profileCursor) {
            return Answer.MOVED;
        }
        cut.changed().forEach(profile -> saved.put(profile.userId(), profile));
        partitionState = cut.partitionState();
        profileCursor = cut.to();
        return Answer.DONE;
    }

    @Override
    public List<StoredProfile> profiles(LogPartition source, Collection<String> userIds) {
        answer(postgresAway, "Postgres");
        calls.add("load " + userIds.size());
        return userIds.stream().filter(saved::containsKey).map(saved::get).toList();
    }

    private static void answer(boolean away, String who) {
        if (away) {
            throw new IllegalStateException(who + " is away");
        }
    }

    @Override
    public void probe(Ownership asking, LogPartition source) {
        answer(storeAway, "the store");
    }

    @Override
    public PartitionWriter open(Ownership writing, LogPartition source) {
        return new PartitionWriter() {
            private final List<Long> open = new ArrayList<>();

            @Override
            public void write(List<Judged> records, long ingestTimeMicros) {
                records.forEach(judged -> open.add(judged.record().offset()));
                records.stream()
                        .filter(judged -> judged.outcome() instanceof Outcome.Erased)
                        .forEach(judged -> tombstones.add(judged.record().offset()));
            }

            @Override
            public List<StagedFile> stage() {
                answer(storeAway, "the store");
                var path = UUID.randomUUID().toString();
                staged.put(path, List.copyOf(open));
                open.clear();
                return List.of(new StagedFile("bronze.transactions", path, 1, 1, "{}"));
            }

            @Override
            public void abandon() {
                calls.add("abandon files");
            }
        };
    }
}
