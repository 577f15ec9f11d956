package riskcluster.actors.log;

import java.util.List;
import riskcluster.contracts.log.LogRecord;

/**
 * What one poll brought: the records of the offsets [from, next). Offsets without a record belong to control records
 * and aborted transactions.
 *
 * @param leaderEpoch Kafka's leader epoch of the last record; -1 where there is none
 */
public record Fetch(long from, long next, int leaderEpoch, List<LogRecord> records) {}
