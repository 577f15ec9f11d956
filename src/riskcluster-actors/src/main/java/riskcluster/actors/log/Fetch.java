package riskcluster.actors.log;

import java.util.List;
import riskcluster.contracts.log.LogRecord;

/**
 * What one poll brought: the records of the offsets [from, next). Offsets without a record belong to control records
 * and aborted transactions.
 *
 * @param leaderEpoch Kafka's leader epoch of the last record; -1 where there is none
 * @param lag records between {@code next} and the log's end as far as the reader knows
 */
public record Fetch(long from, long next, int leaderEpoch, long lag, List<LogRecord> records) {}
