package riskcluster.actors.partition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.alert.AlertChannel;
import riskcluster.actors.alert.AlertLog;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.log.InputLog;
import riskcluster.actors.log.LogReader;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.ledger.Cursors;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.PartitionLedger;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.ProfileCut;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.ledger.StoredProfile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;

/** Kafka and Postgres as one partition sees them at its opening, in memory. */
final class FakeWorld implements PartitionLedger, AlertLog, InputLog {

    String topicId = "topic-1";
    long endOffset;
    long dataCursor;
    long alertNoted;
    long profileCursor;
    long lastPublished;

    @Nullable
    Long alertCursor = 0L;

    Policy wanted = PolicyFile.bundled("default");
    final List<PolicySwitch> switches = new ArrayList<>();

    private final Map<String, StoredPolicy> policies = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private @Nullable Ownership owner;
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
                (owner, source) -> {
                    throw new UnsupportedOperationException("an opening writes nothing");
                },
                new Decoder(SchemaRegistry.empty()),
                Records.scorer(),
                wanted,
                source -> PartitionMeter.NONE,
                Pace.standard(),
                Steps.UNHEARD,
                Runnable::run,
                () -> 0L);
    }

    @Override
    public Ownership take(LogPartition source, UUID incarnation, String topic, long firstOffset) {
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
        calls.add("read cursors");
        return asking.equals(owner)
                ? Optional.of(new Cursors(
                        notedTopicId, dataCursor, alertNoted, profileCursor, -1, new byte[0], List.copyOf(switches)))
                : Optional.empty();
    }

    @Override
    public Answer place(
            Ownership asking, LogPartition source, Optional<PolicySwitch> previous, long offset, StoredPolicy policy) {
        policies.put(policy.version(), policy);
        switches.add(new PolicySwitch(offset, policy.version()));
        return Answer.DONE;
    }

    @Override
    public Optional<StoredPolicy> policy(String version) {
        return Optional.ofNullable(policies.get(version));
    }

    @Override
    public AlertChannel open(LogPartition source) {
        calls.add("open producer");
        return new AlertChannel() {
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
                throw new UnsupportedOperationException("an opening publishes nothing");
            }

            @Override
            public void commit(long cursor) {
                throw new UnsupportedOperationException("an opening commits nothing");
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
        throw new UnsupportedOperationException("an opening reads nothing");
    }

    @Override
    public Answer seal(Ownership asking, Checkpoint checkpoint) {
        throw new UnsupportedOperationException("an opening seals nothing");
    }

    @Override
    public Answer save(Ownership asking, ProfileCut cut) {
        throw new UnsupportedOperationException("an opening saves nothing");
    }

    @Override
    public List<StoredProfile> profiles(LogPartition source, Collection<String> userIds) {
        return List.of();
    }
}
