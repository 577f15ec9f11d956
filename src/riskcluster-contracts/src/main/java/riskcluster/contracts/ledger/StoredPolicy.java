package riskcluster.contracts.ledger;

/**
 * A policy as it is kept: its version is the digest of its canonical content and of the scorer's semantic version.
 *
 * @param content canonical JSON
 */
public record StoredPolicy(String version, String content) {}
