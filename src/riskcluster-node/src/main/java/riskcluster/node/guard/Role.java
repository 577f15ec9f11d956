package riskcluster.node.guard;

import java.util.Locale;

/** What somebody may do; each may do what those before it may. */
public enum Role {
    /** Sees how the cluster is; nothing about a person. */
    VIEWER,
    /** Sees customers and decisions, and does what mends: send, retry, maintain, let a node leave or a partition rest. */
    OPERATOR,
    /** Decides who is a member. */
    ADMIN;

    boolean may(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As it is written in files and messages. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
