package riskcluster.node.fault;

import java.util.Map;
import java.util.Optional;
import riskcluster.contracts.step.Step;

/**
 * One kill, and how far the node had come.
 *
 * @param aim where it was meant to die; empty where the time was drawn
 * @param hit whether it died at its aim, and not by the kill that follows where an aim is not reached
 * @param latest the latest step of each partition and of the committer; who had not begun is missing
 */
record Death(Optional<Aim> aim, boolean hit, Map<String, Step> latest) {}
