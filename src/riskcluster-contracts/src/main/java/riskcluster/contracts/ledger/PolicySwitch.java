package riskcluster.contracts.ledger;

/** From this offset on, this policy version decides, in one partition. */
public record PolicySwitch(long offset, String version) {}
