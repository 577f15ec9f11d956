package riskcluster.node.view;

/**
 * A point that the lake can go back to.
 *
 * @param batch that it shows
 * @param customers saved profiles
 */
public record SavepointView(String name, String created, long batch, long customers, String semantics) {}
