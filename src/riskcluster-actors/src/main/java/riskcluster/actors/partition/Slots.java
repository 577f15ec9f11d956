package riskcluster.actors.partition;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.customer.Round;
import riskcluster.actors.decode.Decoded;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.privacy.ErasedCustomers;
import riskcluster.actors.score.IdHashes;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.log.Tombstone;
import riskcluster.contracts.transaction.Transaction;

/**
 * The records of a round that is made: each is decoded, rejected or erased, one after the other. Of a record that was
 * erased, or whose customer was, nothing but its tombstone goes on from here.
 */
final class Slots {

    private static final long MICROS_PER_MILLI = 1_000;

    private final Policy policy;
    private List<LogRecord> records;
    private boolean copied;
    private final @Nullable Transaction[] transactions;
    private final IdHashes ids;
    private final @Nullable Outcome[] outcomes;

    Slots(Policy policy, List<LogRecord> records) {
        this.policy = policy;
        this.records = records;
        this.transactions = new @Nullable Transaction[records.size()];
        this.ids = new IdHashes(records.size());
        this.outcomes = new @Nullable Outcome[records.size()];
    }

    int size() {
        return records.size();
    }

    LogRecord record(int slot) {
        return records.get(slot);
    }

    /** Fills the slot; where its record can be neither decoded nor rejected yet, says why. */
    Optional<String> fill(int slot, Decoder decoder, ErasedCustomers erased) {
        var record = records.get(slot);
        Tombstone left = record.tombstone();
        if (left != null) {
            outcomes[slot] = new Outcome.Erased(left);
            return Optional.empty();
        }
        switch (decoder.decode(record, policy.schemaRegistry(), policy.extraFields())) {
            case Decoded.Accepted(var transaction) -> {
                if (!erased.isEmpty() && erased.holds(transaction.userId())) {
                    erase(slot, new Tombstone(Tombstone.Kind.DECIDED, transaction.eventTimeMicros()));
                } else {
                    transactions[slot] = transaction;
                    ids.put(slot, transaction);
                }
            }
            case Decoded.Rejected(var rejected) -> {
                if (!erased.isEmpty() && isKeyOf(record, erased)) {
                    long micros = record.kafkaTimeMillis() * MICROS_PER_MILLI;
                    erase(slot, new Tombstone(Tombstone.Kind.REJECTED, micros));
                } else {
                    outcomes[slot] = rejected;
                }
            }
            case Decoded.Undecided(var why) -> {
                return Optional.of(record.coordinates() + " " + why);
            }
        }
        return Optional.empty();
    }

    private static boolean isKeyOf(LogRecord record, ErasedCustomers erased) {
        var key = record.key();
        return key != null && erased.holds(new String(key, StandardCharsets.UTF_8));
    }

    private void erase(int slot, Tombstone left) {
        if (!copied) {
            records = new ArrayList<>(records); // only where somebody is erased
            copied = true;
        }
        records.set(slot, records.get(slot).erased(left));
        outcomes[slot] = new Outcome.Erased(left);
    }

    /** The first {@code count} slots as a round over the offsets [from, to). */
    Round round(int count, long from, long to, int leaderEpoch, Consumer<Round> done) {
        boolean all = count == records.size();
        return new Round(
                from,
                to,
                leaderEpoch,
                policy,
                all ? records : records.subList(0, count),
                all ? transactions : Arrays.copyOf(transactions, count),
                ids,
                all ? outcomes : Arrays.copyOf(outcomes, count),
                done);
    }
}
