package riskcluster.node.bench;

import riskcluster.node.NodeConfig;

/** What a measured node makes beside bronze and silver. */
enum Gold {
    NONE,
    WINDOWS,
    STAR;

    NodeConfig on(NodeConfig node) {
        return node.withGold(this != NONE).withStar(this == STAR);
    }
}
