package riskcluster.node.guard;

/**
 * Somebody who asks a node.
 *
 * @param name by which his token is known
 * @param from the address that he calls from
 */
public record Caller(String name, Role role, String from) {}
