package riskcluster.lakehouse.ledger;

import java.time.Instant;

/**
 * A point that the lake can go back to.
 *
 * @param batch whose snapshots it shows
 * @param semantics semantic version of decoder and scorer that made its profiles
 * @param customers saved profiles
 */
public record StoredSavepoint(long id, String name, long batch, String semantics, long customers, Instant createdAt) {}
