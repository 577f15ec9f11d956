package riskcluster.contracts.metrics;

/**
 * What one partition holds on its way from the log to what is durable, counted now; each is bounded.
 *
 * @param rounds fetches that wait for customers or are with them
 * @param rowsUnwritten records handed to the writer and not yet in files
 * @param bytesUnwritten their keys and values
 * @param alertsUncommitted alerts and dead letters sent and not yet committed
 * @param recordsUnsealed offsets decided and not yet in a checkpoint
 * @param profilesUnsaved changed profiles not yet saved
 * @param openFiles data files that are being written
 */
public record InFlight(
        int rounds,
        int rowsUnwritten,
        long bytesUnwritten,
        int alertsUncommitted,
        long recordsUnsealed,
        int profilesUnsaved,
        int openFiles) {}
