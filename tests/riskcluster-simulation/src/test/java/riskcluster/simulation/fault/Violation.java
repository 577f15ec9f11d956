package riskcluster.simulation.fault;

/** A broken invariant, and how. */
public record Violation(Invariant invariant, String how) {}
