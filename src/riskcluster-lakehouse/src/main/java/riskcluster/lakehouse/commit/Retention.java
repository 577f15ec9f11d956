package riskcluster.lakehouse.commit;

/**
 * How many batches can be pinned.
 *
 * @param batches the newest so many are kept
 * @param every expiry rides on each so-manieth batch, since it reads the manifest lists it drops
 */
public record Retention(int batches, int every) {

    /** Drops nothing: a node leaves that to maintenance, which knows the tags. */
    public static final Retention USUAL = new Retention(Integer.MAX_VALUE, 1);

    public Retention {
        if (batches < 1 || every < 1) {
            throw new IllegalArgumentException(
                    "retention keeps " + batches + " batches, looked at every " + every + ", allowed: 1 or more");
        }
    }

    boolean due(long batch) {
        return batch % every == 0 && batch > batches;
    }

    /** The oldest batch that is kept once {@code batch} is there. */
    long oldestKept(long batch) {
        return batch - batches + 1;
    }
}
