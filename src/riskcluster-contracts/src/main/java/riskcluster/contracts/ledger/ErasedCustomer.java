package riskcluster.contracts.ledger;

import java.util.UUID;

/**
 * A customer who was erased, as partitions recognise him without knowing who he was.
 *
 * @param erasure the request by which he was
 * @param tag {@code k<key version>:} and a keyed digest of his id that is neither his pseudonym nor leads to it
 */
public record ErasedCustomer(UUID erasure, String tag) {}
