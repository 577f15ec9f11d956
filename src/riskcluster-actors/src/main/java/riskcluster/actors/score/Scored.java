package riskcluster.actors.score;

import riskcluster.contracts.decision.Outcome;

/**
 * What scoring one transaction came to.
 *
 * @param profile the customer's from here on; the very same object where the transaction was a duplicate
 */
public record Scored(Profile profile, Outcome outcome) {}
