package riskcluster.contracts.decision;

import riskcluster.contracts.log.LogRecord;

/** An input record together with its outcome: what the alert topic and the lake are made of. */
public record Judged(LogRecord record, Outcome outcome) {}
