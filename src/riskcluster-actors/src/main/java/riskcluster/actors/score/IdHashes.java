package riskcluster.actors.score;

import org.jspecify.annotations.Nullable;
import riskcluster.contracts.transaction.Transaction;

/**
 * The {@link IdHash} of each transaction of a round, taken while its id has just been decoded: when it is scored, its text is in
 * no cache any more.
 */
public final class IdHashes {

    /** Slot by slot the upper and the lower half. */
    private final long[] halves;

    /** Room for so many slots, each to be put before it is asked for. */
    public IdHashes(int slots) {
        this.halves = new long[2 * slots];
    }

    /** Those of all transactions that there are. */
    public static IdHashes of(@Nullable Transaction[] transactions) {
        var hashes = new IdHashes(transactions.length);
        for (int slot = 0; slot < transactions.length; slot++) {
            var transaction = transactions[slot];
            if (transaction != null) {
                hashes.put(slot, transaction);
            }
        }
        return hashes;
    }

    /** Takes the hash of this transaction's id. */
    public void put(int slot, Transaction transaction) {
        var hash = IdHash.of(transaction.transactionId());
        halves[2 * slot] = hash.high();
        halves[2 * slot + 1] = hash.low();
    }

    public IdHash at(int slot) {
        return new IdHash(halves[2 * slot], halves[2 * slot + 1]);
    }
}
