package riskcluster.lakehouse.gold;

import java.util.Arrays;

/** Hashes of ids as sets: sorted, each once. */
final class Hashes {

    private Hashes() {}

    /** The first {@code count} of these as a set; the array is used up. */
    static long[] distinct(long[] hashes, int count) {
        if (count > 1) {
            Arrays.sort(hashes, 0, count);
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[kept++] = hashes[i];
            }
        }
        return kept == hashes.length ? hashes : Arrays.copyOf(hashes, kept);
    }
}
