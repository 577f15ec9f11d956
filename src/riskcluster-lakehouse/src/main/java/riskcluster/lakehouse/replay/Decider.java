package riskcluster.lakehouse.replay;

import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.LogRecord;

/** Decides one partition's records again, in the log's order. Called by one thread at a time. */
@FunctionalInterface
public interface Decider {

    Judged decide(LogRecord record);
}
