package riskcluster.contracts.decision;

/**
 * One rule that fired, with the value it saw.
 *
 * @param observed the value that made it fire, as text for a person
 */
public record FiredRule(String rule, int points, String observed) {}
