package riskcluster.simulation.world;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
import riskcluster.simulation.fault.Call;
import riskcluster.simulation.fault.Plant;
import riskcluster.simulation.fault.Unanswered;
import riskcluster.simulation.world.Line.Way;

/** The partitions' side of Postgres as one process sees it. */
final class LedgerPort implements PartitionLedger {

    private final Postgres postgres;
    private final Line line;

    LedgerPort(World world, Line line) {
        this.postgres = world.postgres();
        this.line = line;
    }

    @Override
    public Ownership take(LogPartition source, UUID incarnation, String topicId, long firstOffset) {
        long seen = postgres.epoch(source.toString());
        return line.call(Call.TAKE_EPOCH, source::toString, (Way way) -> {
            postgres.unchanged(way, source.toString(), seen);
            return postgres.take(source, incarnation, topicId, firstOffset);
        });
    }

    @Override
    public Optional<Cursors> read(Ownership owner, LogPartition source) {
        return line.call(Call.READ_CURSORS, () -> said(owner), () -> postgres.read(owner, source));
    }

    @Override
    public Answer seal(Ownership owner, Checkpoint checkpoint) {
        return line.call(
                Call.SEAL,
                () -> said(owner) + " [" + checkpoint.from() + ", " + checkpoint.to() + ")",
                () -> postgres.seal(owner, checkpoint));
    }

    @Override
    public Answer save(Ownership owner, ProfileCut cut) {
        try {
            return line.call(
                    Call.SAVE,
                    () -> said(owner) + " from " + cut.from() + " to " + cut.to(),
                    () -> postgres.save(owner, cut));
        } catch (Unanswered unknown) {
            if (line.fate().planted(Plant.SAVE_TAKEN_FOR_GRANTED)) {
                return Answer.DONE;
            }
            throw unknown;
        }
    }

    @Override
    public Answer place(
            Ownership owner, LogPartition source, Optional<PolicySwitch> previous, long offset, StoredPolicy policy) {
        return line.call(
                Call.PLACE_POLICY,
                () -> said(owner) + " at " + offset,
                () -> postgres.place(owner, source, previous, offset, policy));
    }

    @Override
    public Optional<StoredPolicy> policy(String version) {
        return line.call(Call.READ_POLICY, () -> version, () -> postgres.policy(version));
    }

    @Override
    public List<StoredProfile> profiles(LogPartition source, Collection<String> userIds) {
        return line.call(Call.LOAD_PROFILES, () -> source + " " + userIds, () -> postgres.profiles(source, userIds));
    }

    private static String said(Ownership owner) {
        return owner.scope() + " epoch " + owner.epoch();
    }
}
