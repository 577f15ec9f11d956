package riskcluster.contracts.decision;

/**
 * A window in which a customer made many more transactions than he used to: an output of the record that moved his
 * partition's watermark past the window's end.
 *
 * @param userId raw, for the topic; tables have the pseudonym
 * @param windowSeconds length of the window, which is aligned to 1970 UTC
 * @param startMicros first instant of the window, microseconds
 * @param transactions in the window when it closed
 * @param windows the customer's earlier closed windows of this length
 * @param mean of the transactions in those windows
 * @param deviation sample standard deviation of them
 */
public record Anomaly(
        String userId,
        String customerKey,
        int windowSeconds,
        long startMicros,
        int transactions,
        int windows,
        double mean,
        double deviation) {

    private static final long MICROS_PER_SECOND = 1_000_000;

    /** First instant after the window, microseconds. */
    public long endMicros() {
        return startMicros + windowSeconds * MICROS_PER_SECOND;
    }

    /** How many deviations above the mean; a deviation below 1 counts as 1. */
    public double zScore() {
        return (transactions - mean) / Math.max(deviation, 1);
    }

    /** The same for the same customer, length and start, whenever it is told again. */
    public String id() {
        return customerKey + "/" + windowSeconds + "s/" + startMicros;
    }
}
