package riskcluster.lakehouse.maintain;

/**
 * From which state of a table on something is done about it, and how large things are made.
 *
 * @param targetBytes of a compacted file
 * @param smallBytes a file below is small
 * @param smallFiles so many small files of similar size in one partition are merged
 * @param sizeStep files are of similar size if the larger is at most so many times the smaller
 * @param groupBytes compressed bytes of a row group that is encoded anew
 * @param copyFromBytes a row group of at least so many compressed bytes is copied as it is
 * @param quietBatches a day is closed when a later day has files and it got none in so many snapshots
 * @param manifests so many manifests more than needed are merged
 * @param batches the newest so many batches can be pinned
 * @param batchSlack so many more are let come before the older ones are dropped
 * @param hours the last batch of so many hours is tagged and can be pinned
 * @param days the last batch of so many days is tagged and can be pinned
 * @param orphanDays files that nobody names are left alone until they are so old
 * @param sweepBatches orphans are looked for once in so many batches, and at the start of a tenure
 */
public record Thresholds(
        long targetBytes,
        long smallBytes,
        int smallFiles,
        int sizeStep,
        long groupBytes,
        long copyFromBytes,
        int quietBatches,
        int manifests,
        int batches,
        int batchSlack,
        int hours,
        int days,
        int orphanDays,
        int sweepBatches) {

    private static final long MIB = 1L << 20;

    /** A day of batches every ten seconds leaves 300 KB of metadata a table, and a scan is planned in 200 ms. */
    public static final Thresholds USUAL =
            new Thresholds(128 * MIB, 64 * MIB, 32, 16, 32 * MIB, 8 * MIB, 60, 40, 120, 30, 24, 30, 3, 8_640);

    public Thresholds {
        require(targetBytes >= smallBytes && smallBytes > 0, "smallBytes is 1 to targetBytes");
        require(smallFiles > 1 && sizeStep > 1, "smallFiles and sizeStep are 2 or more");
        require(groupBytes > 0 && copyFromBytes > 0, "groupBytes and copyFromBytes are 1 or more");
        require(quietBatches > 0 && manifests > 0, "quietBatches and manifests are 1 or more");
        require(batches > 0 && batchSlack >= 0, "batches is 1 or more, batchSlack 0 or more");
        require(hours >= 0 && days >= 0, "hours and days are 0 or more");
        require(orphanDays >= 1 && sweepBatches > 0, "orphanDays and sweepBatches are 1 or more");
    }

    /** The same for files of this size; below half of it a file is small. */
    public Thresholds withTargetBytes(long bytes) {
        return new Thresholds(
                bytes,
                bytes / 2,
                smallFiles,
                sizeStep,
                Math.min(groupBytes, bytes),
                Math.min(copyFromBytes, bytes),
                quietBatches,
                manifests,
                batches,
                batchSlack,
                hours,
                days,
                orphanDays,
                sweepBatches);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("thresholds of maintenance: " + rule);
        }
    }
}
