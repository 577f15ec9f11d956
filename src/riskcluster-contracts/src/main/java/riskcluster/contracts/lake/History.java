package riskcluster.contracts.lake;

import riskcluster.contracts.log.LogPartition;

/**
 * The input records that the lake has kept, as they were: key, value, headers and Kafka time. Every call blocks; an
 * exception means that the store or Postgres did not answer.
 */
public interface History {

    /** Offset up to which the lake holds every record of the partition now; 0 where it holds none. */
    long end(LogPartition source);

    /** Offset up to which it will, as soon as what is sealed is committed. */
    long sealed(LogPartition source);

    /**
     * Opens a reader of [from, to), as the tables are now.
     *
     * @throws IllegalArgumentException where {@code to} lies past {@link #end}
     */
    HistoryReader open(LogPartition source, long from, long to);
}
