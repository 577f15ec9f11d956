package riskcluster.lakehouse.gold;

/** A row and what a batch adds to it. */
record Gain(RowKey key, Delta delta) {}
