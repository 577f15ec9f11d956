package riskcluster.contracts.ledger;

import java.util.UUID;

/**
 * A place that one process at a time may act for, with the fencing number it took.
 *
 * @param scope what is owned: a log partition's text, or {@code committer}, {@code maintenance}
 * @param epoch grows by one with every taking
 * @param incarnation tells this taking from another that was handed the same number after a loss of Postgres' tail
 */
public record Ownership(String scope, long epoch, UUID incarnation) {}
