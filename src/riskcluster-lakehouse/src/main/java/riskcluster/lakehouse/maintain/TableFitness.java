package riskcluster.lakehouse.maintain;

/**
 * How fit a table is to be read.
 *
 * @param files data files that the newest snapshot shows
 * @param smallFiles of them those that are small
 * @param bytes of all data files
 * @param bytesInLarge of those that are not small
 * @param metadataBytes of the newest metadata file
 */
public record TableFitness(
        String table,
        int files,
        int smallFiles,
        long bytes,
        long bytesInLarge,
        int manifests,
        int snapshots,
        int tags,
        long metadataBytes) {}
