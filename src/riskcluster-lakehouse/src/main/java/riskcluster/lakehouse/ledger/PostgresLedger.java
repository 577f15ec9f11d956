package riskcluster.lakehouse.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.ledger.Cursors;
import riskcluster.contracts.ledger.ErasedCustomer;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.PartitionLedger;
import riskcluster.contracts.ledger.Pause;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.ProfileCut;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.ledger.StoredProfile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.trace.LineFields;

/** A partition's side of the ledger in Postgres. A {@link LedgerFailure} means: nobody knows whether it happened. */
public final class PostgresLedger implements PartitionLedger {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLedger.class);

    private final Transactions transactions;
    private final CustomerAlarm alarm;

    /** A ledger on a database that {@link LedgerSchema} has migrated, over connections of {@link LedgerPool}. */
    public PostgresLedger(DataSource database, CustomerAlarm alarm) {
        this.transactions = new Transactions(database);
        this.alarm = alarm;
    }

    @Override
    public Ownership take(LogPartition source, UUID incarnation, String topicId, long firstOffset) {
        return transactions.run("take " + source, connection -> {
            Ownership owner = Fence.take(connection, source.toString(), incarnation);
            CursorRows.begin(connection, source, topicId, firstOffset);
            return owner;
        });
    }

    @Override
    public Optional<Cursors> read(Ownership owner, LogPartition source) {
        return transactions.atOneMoment(
                "read cursors of " + source,
                connection -> Fence.stands(connection, owner)
                        ? Optional.of(CursorRows.read(connection, source))
                        : Optional.empty());
    }

    @Override
    public Answer seal(Ownership owner, Checkpoint checkpoint) {
        return counting("seal " + checkpoint.source(), owner, connection -> {
            if (!CursorRows.moveData(connection, checkpoint)) {
                return Transactions.refuse(connection, Answer.MOVED);
            }
            CheckpointTable.add(connection, owner, checkpoint);
            return Answer.DONE;
        });
    }

    @Override
    public Answer save(Ownership owner, ProfileCut cut) {
        var elsewhere = new int[1];
        Answer answer = counting("save profiles of " + cut.source(), owner, connection -> {
            if (!CursorRows.moveProfile(connection, cut)) {
                return Transactions.refuse(connection, Answer.MOVED);
            }
            elsewhere[0] = ProfileTable.write(connection, cut.source(), cut.changed());
            return Answer.DONE;
        });
        if (answer == Answer.DONE && elsewhere[0] > 0) {
            LOG.atError()
                    .addKeyValue(LineFields.PARTITION, cut.source().partition())
                    .log(
                            "{} customers of {} have records in another partition too: their windows are split. Key"
                                    + " the records by user_id with one partitioner.",
                            elsewhere[0],
                            cut.source());
            alarm.inTwoPartitions(cut.source(), elsewhere[0]);
        }
        return answer;
    }

    @Override
    public Answer place(
            Ownership owner, LogPartition source, Optional<PolicySwitch> previous, long offset, StoredPolicy policy) {
        return counting("place a policy in " + source, owner, connection -> {
            var number =
                    CursorRows.movePolicy(connection, source, previous, new PolicySwitch(offset, policy.version()));
            if (number.isEmpty()) {
                return Transactions.refuse(connection, Answer.MOVED);
            }
            PolicyTable.add(connection, policy);
            PolicyTable.addSwitch(connection, source, number.get(), new PolicySwitch(offset, policy.version()));
            return Answer.DONE;
        });
    }

    @Override
    public List<ErasedCustomer> erased() {
        return transactions.atOneMoment("read who was erased", ErasureTable::placed);
    }

    @Override
    public void acknowledge(Ownership owner, LogPartition source, List<ErasedCustomer> known) {
        counting("acknowledge erasures in " + source, owner, connection -> {
            ErasureTable.acknowledge(connection, owner, source, known);
            return Answer.DONE;
        });
    }

    @Override
    public Optional<Pause> pause(LogPartition source) {
        return transactions.atOneMoment("look for a pause", connection -> PauseTable.find(connection, source));
    }

    @Override
    public void rests(Ownership owner, LogPartition source, long position) {
        counting("rest at " + source, owner, connection -> {
            PauseTable.rests(connection, source, position);
            return Answer.DONE;
        });
    }

    @Override
    public long rewoundEpoch(LogPartition source) {
        return transactions.atOneMoment(
                "look for a restore", connection -> RestoreTable.rewoundEpoch(connection, source));
    }

    @Override
    public Optional<StoredPolicy> policy(String version) {
        return transactions.atOneMoment("read policy " + version, connection -> PolicyTable.read(connection, version));
    }

    @Override
    public List<StoredProfile> profiles(LogPartition source, Collection<String> userIds) {
        return transactions.atOneMoment(
                "read profiles of " + source, connection -> ProfileTable.read(connection, source, userIds));
    }

    /** A transaction that counts: it holds the epoch row before it does anything. */
    private Answer counting(String what, Ownership owner, Transactions.Work<Answer> work) {
        return transactions.run(
                what, connection -> Fence.hold(connection, owner) ? work.in(connection) : Answer.FENCED);
    }
}
